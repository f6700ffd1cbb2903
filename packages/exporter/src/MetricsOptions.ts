/** The options of `Config` for metrics: whether and which of them are sent, and how many items they make. */
import { MetricRules } from '@sentry-exporter/core/pipeline'
import { Range } from '@sentry-exporter/transport'
import * as ConfigOption from '@sentry-exporter/transport/ConfigOption'
import * as G from '#io-ts/Guard'
import * as Wildcard from './Wildcard.ts'

// model

export interface MetricsConfig {
  /** Whether metrics are sent. */
  readonly metrics: boolean
  readonly metricRules: MetricRulesConfig
}

/** The rules as data, which can be compared. */
export interface MetricRulesConfig extends Omit<MetricRules.MetricRules, 'isSent'> {
  readonly allow: ReadonlyArray<string>
  readonly deny: ReadonlyArray<string>
}

/** The options as users write them. An asterisk in the name of a metric matches any characters. */
export interface MetricsInput {
  /** Whether metrics are sent; true if left out. */
  readonly metrics?: boolean | undefined
  /** The names of the metrics that are sent; all if left out. */
  readonly allowMetrics?: ReadonlyArray<string> | undefined
  /** The names of metrics that are left out; none if left out. They win over `allowMetrics`. */
  readonly denyMetrics?: ReadonlyArray<string> | undefined
  /** The increases of a series within this time are one metric; 0 if left out: each point is one. */
  readonly metricIntervalMillis?: number | undefined
  /** Maximum number of series that are remembered; 10,000 if left out. */
  readonly maxMetricSeries?: number | undefined
  /** Maximum number of buckets of one point of a histogram; 32 if left out. */
  readonly maxHistogramBuckets?: number | undefined
}

// decoding

/** Options that were left out have their defaults. `get` reads one option. */
export const decode = (get: ConfigOption.Get): MetricsConfig => {
  const { defaults } = MetricRules
  return {
    metrics: get(options.metrics) ?? true,
    metricRules: {
      allow: get(options.allowMetrics) ?? ['*'],
      deny: get(options.denyMetrics) ?? [],
      intervalMillis: get(options.metricIntervalMillis) ?? defaults.intervalMillis,
      maxSeries: get(options.maxMetricSeries) ?? defaults.maxSeries,
      maxBuckets: get(options.maxHistogramBuckets) ?? defaults.maxBuckets,
    },
  }
}

/** A metric is sent if its name is allowed and not denied. */
export const rulesOf = ({
  allow,
  deny,
  ...numbers
}: MetricRulesConfig): MetricRules.MetricRules => {
  const [isAllowed, isDenied] = [matching(allow), matching(deny)]
  return { ...numbers, isSent: (name) => isAllowed(name) && !isDenied(name) }
}

/** Whether one of the patterns matches. */
const matching = (patterns: ReadonlyArray<string>): ((name: string) => boolean) => {
  const parsed = patterns.map(Wildcard.parse)
  return (name) =>
    parsed.some((one) => (typeof one === 'string' ? one === name : Wildcard.matches(one, name)))
}

const names: ConfigOption.ConfigValue<ReadonlyArray<string>> = {
  guard: G.array(ConfigOption.where(G.string, (name) => name.trim() !== '')),
  expected: 'a list of names of metrics',
}

const options = ConfigOption.named({
  metrics: ConfigOption.boolean,
  allowMetrics: names,
  denyMetrics: names,
  metricIntervalMillis: ConfigOption.whole(Range.millis),
  maxMetricSeries: ConfigOption.whole(Range.count),
  maxHistogramBuckets: ConfigOption.whole(Range.count),
})

/** In JavaScript's spelling. */
export const KEYS: ReadonlyArray<string> = Object.keys(options)
