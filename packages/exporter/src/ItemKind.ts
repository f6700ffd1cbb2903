/** The kinds of values that travel in containers, logs and metrics, and the facts in which they differ, as data. */
import type { LossReason } from '@sentry-exporter/core/Losses'
import type { Category } from '@sentry-exporter/envelope/Category'
import * as Container from '@sentry-exporter/envelope/Container'
import type { EnvelopeMeta } from '@sentry-exporter/envelope/Sealed'

// model

export type ItemKind = Container.ContainerType

export interface KindFacts {
  /** Counts items. Its rate limits apply to an envelope of them. */
  readonly category: Category
  /** Counts their bytes. */
  readonly byteCategory: Category
  /** The field of an envelope that has their number. */
  readonly countedAs: keyof Pick<EnvelopeMeta, 'logs' | 'metrics'>
  /** The largest number of them in an envelope. */
  readonly maxItems: number
  /** The reason of those that no route takes. */
  readonly unrouted: LossReason
}

// folds

export const factsOf: Readonly<Record<ItemKind, KindFacts>> = {
  log: {
    category: 'log_item',
    byteCategory: 'log_byte',
    countedAs: 'logs',
    maxItems: Container.MAX_VALUES.log,
    unrouted: 'unrouted_log',
  },
  trace_metric: {
    category: 'trace_metric',
    byteCategory: 'trace_metric_byte',
    countedAs: 'metrics',
    maxItems: Container.MAX_VALUES.trace_metric,
    unrouted: 'unrouted_metric',
  },
}
