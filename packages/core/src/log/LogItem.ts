/**
 * A log record in the form that Sentry receives. Source: `relay-event-schema/src/protocol/ourlog/mod.rs` of getsentry/relay;
 * `develop-docs/sdk/telemetry/logs.mdx` of getsentry/sentry-docs.
 *
 * @example
 * ```ts
 * import { LogItem, LogLevel, TraceId, TypedAttribute } from '@sentry-exporter/core'
 *
 * const item: LogItem.LogItem = {
 *   timestamp: 1_700_000_000.5,
 *   trace_id: TraceId.fromContent(['shop']),
 *   level: LogLevel.ofSeverity(13),
 *   body: 'the payment was declined',
 *   attributes: { 'order.id': TypedAttribute.of(42) },
 * }
 * console.log(item.level, LogItem.bytesOf(item)) // warn 40
 * ```
 */
import { byteLength } from '../internal/text/byteLength.ts'
import * as TypedAttribute from '../item/TypedAttribute.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { TraceId } from '../model/TraceId.ts'
import type { LogLevel } from './LogLevel.ts'

// model

/** The fields beside the attributes. */
export interface LogHead {
  /** Seconds since 1970, with microseconds. */
  readonly timestamp: number
  readonly trace_id: TraceId
  /** Absent outside of any span. */
  readonly span_id?: SpanId | undefined
  readonly level: LogLevel
  /** May be empty. */
  readonly body: string
}

export interface LogItem extends LogHead {
  readonly attributes: TypedAttribute.ItemAttributes
}

// folds

/**
 * Bytes of an item as the server counts them for the category `log_byte`: of the body and of the attributes, at least 1. Source:
 * `relay-server/src/processing/logs/mod.rs` of getsentry/relay.
 */
export const bytesOf = ({ body, attributes }: Pick<LogItem, 'attributes' | 'body'>): number =>
  Math.max(1, byteLength(body) + TypedAttribute.bytesOfAll(attributes))
