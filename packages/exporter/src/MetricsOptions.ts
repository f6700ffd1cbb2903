/** The options of `Config` for metrics: whether and which of them are sent, and how many items they make. */
import { MetricRules } from '@sentry-exporter/core/pipeline'
import { Range } from '@sentry-exporter/transport'
import * as ConfigOption from '@sentry-exporter/transport/ConfigOption'
import * as G from '#io-ts/Guard'

// model

export interface MetricsConfig {
  /** Whether metrics are sent. */
  readonly metrics: boolean
  readonly metricRules: MetricRules.MetricRules
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
  /** Maximum number of metrics for one point of a histogram; 32 if left out. */
  readonly maxHistogramItems?: number | undefined
}

// decoding

/** Options that were left out have their defaults. `get` reads one option. */
export const decode = (get: ConfigOption.Get): MetricsConfig => {
  const { defaults } = MetricRules
  return {
    metrics: get(options.metrics) ?? true,
    metricRules: {
      allow: get(options.allowMetrics) ?? defaults.allow,
      deny: get(options.denyMetrics) ?? defaults.deny,
      intervalMillis: get(options.metricIntervalMillis) ?? defaults.intervalMillis,
      maxSeries: get(options.maxMetricSeries) ?? defaults.maxSeries,
      maxHistogramItems: get(options.maxHistogramItems) ?? defaults.maxHistogramItems,
    },
  }
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
  maxHistogramItems: ConfigOption.whole(Range.count),
})

/** In JavaScript's spelling. */
export const KEYS: ReadonlyArray<string> = Object.keys(options)
