/** From metrics to printed metric items. */
import type { Hook } from '../filter/Hook.ts'
import type * as HookFailure from '../filter/HookFailure.ts'
import type * as Sensitive from '../filter/Sensitive.ts'
import type * as ItemText from '../item/ItemText.ts'
import type { Mapping } from '../mapping/Mapping.ts'
import * as Losses from '../model/Losses.ts'
import * as Metric from '../model/Metric.ts'
import type { Resource } from '../model/Resource.ts'
import type { MetricItem } from './MetricItem.ts'
import type { MetricRules } from './MetricRules.ts'
import type { MetricState } from './MetricState.ts'

// model

export interface MetricItemsOptions {
  readonly mapping: Mapping
  /** The mapping of the metrics of a resource that has one of its own. */
  readonly mappingFor?: ((resource: Resource) => Mapping | undefined) | undefined
  readonly privacy: Sensitive.Privacy
  readonly hook?: Hook<MetricItem> | undefined
  readonly rules: MetricRules
}

export interface MetricStep extends HookFailure.WithFailures {
  readonly state: MetricState
  readonly items: ReadonlyArray<ItemText.PrintedItem>
  readonly losses: Losses.Losses
}

export interface MetricItems {
  /** Takes metrics; gives the items of the points that are ready. */
  readonly take: (
    state: MetricState,
    metrics: ReadonlyArray<Metric.Metric>,
    nowMillis: number,
  ) => MetricStep
  /** Gives the items of all increases that were merged and wait for the end of their interval until `nowMillis`; Infinity for all. */
  readonly release: (state: MetricState, nowMillis: number) => MetricStep
}

// transformations

/** Makes no items yet, and counts all points. */
export const metricItems = (_options: MetricItemsOptions): MetricItems => ({
  take: (state, metrics) => ({
    state,
    items: [],
    losses: Losses.of(
      'metric',
      metrics.reduce((sum, metric) => sum + Metric.points(metric), 0),
    ),
  }),
  release: (state) => ({ state, items: [], losses: Losses.empty }),
})
