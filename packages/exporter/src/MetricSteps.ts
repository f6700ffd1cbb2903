/** From metrics to metric items. The state has the last values of cumulative series, and the increases that are merged. */
import * as Hooks from '@sentry-exporter/core/Hooks'
import * as Losses from '@sentry-exporter/core/Losses'
import type { Metric } from '@sentry-exporter/core/Metric'
import { MetricRules, MetricState, metricItems, pointCount } from '@sentry-exporter/core/pipeline'
import * as ItemSteps from './ItemSteps.ts'

// model

/** The options of a pipeline that decide about metrics. */
export interface MetricOptions<A> extends ItemSteps.ItemOptions<A> {
  /** `false`: metrics are not sent. */
  readonly metrics?: boolean | undefined
  /** `MetricRules.defaults` if left out. */
  readonly metricRules?: MetricRules.MetricRules | undefined
  /** Whether series are counted from the first point on, as without a clock, and not from the start of the exporter. */
  readonly isRecording?: boolean | undefined
}

export type MetricSteps<A> = ItemSteps.ItemSteps<Metric, MetricState.MetricState, A>

// constructors

export const of = <A>(options: MetricOptions<A>): MetricSteps<A> =>
  isOn(options)
    ? ItemSteps.of('trace_metric', sourceOf(options), options)
    : ItemSteps.of('trace_metric', none, { ...options, encodeItems: undefined })

/** Counts the points that are not sent. */
const none: MetricSteps<never>['source'] = {
  initial: MetricState.empty,
  take: (state, metrics) => ({ state, items: [], losses: Losses.of('metric', pointsIn(metrics)) }),
  release: (state) => ({ state, items: [], losses: Losses.empty }),
  waiting: () => 0,
  series: () => 0,
}

const sourceOf = <A>({
  mapping,
  mappingFor,
  hooks = Hooks.defaults,
  isRecording = false,
  metricRules: rules = MetricRules.defaults,
}: MetricOptions<A>): MetricSteps<A>['source'] => ({
  initial: (sinceMillis) => MetricState.empty(isRecording ? undefined : sinceMillis),
  ...metricItems({ mapping, mappingFor, privacy: hooks.privacy, hook: hooks.metric, rules }),
  waiting: MetricState.waiting,
  series: MetricState.series,
})

// guards

/** Whether metrics are sent. */
const isOn = <A>({ encodeItems, metrics }: MetricOptions<A>): boolean =>
  encodeItems !== undefined && metrics !== false

// folds

export const pointsIn = (metrics: ReadonlyArray<Metric>): number =>
  metrics.reduce((sum, metric) => sum + pointCount(metric), 0)
