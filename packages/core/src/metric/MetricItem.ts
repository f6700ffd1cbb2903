/**
 * A metric in the form that Sentry receives: one value of one series. Source:
 * `relay-event-schema/src/protocol/trace_metric/mod.rs` of getsentry/relay; `develop-docs/sdk/telemetry/metrics.mdx` of
 * getsentry/sentry-docs.
 *
 * @example
 * ```ts
 * import { MetricItem, TraceId, TypedAttribute } from '@sentry-exporter/core'
 *
 * const item: MetricItem.MetricItem = {
 *   timestamp: 1_700_000_000.5,
 *   trace_id: TraceId.fromContent(['shop']),
 *   name: 'orders',
 *   type: 'counter',
 *   value: 3,
 *   attributes: { plan: TypedAttribute.of('free') },
 * }
 * console.log(MetricItem.bytesOf(item)) // 22
 * ```
 */
import { byteLength } from '../internal/text/byteLength.ts'
import * as TypedAttribute from '../item/TypedAttribute.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { TraceId } from '../model/TraceId.ts'
import * as Weights from './weights.ts'

// model

/** How the values of a series are put together: added up, the last one, or all of them. */
export type MetricType = 'counter' | 'gauge' | 'distribution'

export const types: ReadonlyArray<MetricType> = /* @__PURE__ */ Object.freeze([
  'counter',
  'gauge',
  'distribution',
] as const)

/** The fields beside the attributes. */
export interface MetricHead {
  /** Seconds since 1970, with microseconds. */
  readonly timestamp: number
  readonly trace_id: TraceId
  /** Absent outside of any span. */
  readonly span_id?: SpanId | undefined
  /** Not blank. The server replaces all characters but letters, digits, `.` and `_`. */
  readonly name: string
  readonly type: MetricType
  /** Finite. */
  readonly value: number
  /** One of the server's names (`MetricUnit`). */
  readonly unit?: string | undefined
}

export interface MetricItem extends MetricHead {
  readonly attributes: TypedAttribute.ItemAttributes
}

/** An item has the weight of `1 / rate` values: the server counts it so often. From above 0 to 1. */
export const RATE_KEY = 'sentry.client_sample_rate'

// folds

const NUMBER_BYTES = 8

/**
 * Bytes of an item as the server counts them for the category `trace_metric_byte`: of the name, the value and the attributes. Source:
 * `relay-server/src/processing/trace_metrics/mod.rs` of getsentry/relay.
 */
export const bytesOf = ({ name, attributes }: Pick<MetricItem, 'attributes' | 'name'>): number =>
  byteLength(name) + NUMBER_BYTES + TypedAttribute.bytesOfAll(attributes)

/** How often the value of an item counts. */
export const weightOf = ({ attributes }: Pick<MetricItem, 'attributes'>): number => {
  const rate = attributes[RATE_KEY]?.value
  return typeof rate === 'number' ? Weights.ofRate(rate) : 1
}
