/**
 * An event at one moment of a span: an exception, a message, a milestone.
 *
 * @example
 * ```ts
 * import { Micros, SpanEvent } from '@sentry-exporter/core'
 *
 * const event = SpanEvent.make({
 *   name: 'exception',
 *   timeMicros: Micros.fromMillis(1_700_000_000_000),
 *   attributes: { 'exception.type': 'TypeError' },
 * })
 *
 * console.log(SpanEvent.isException(event)) // true
 * ```
 */
import type { Attributes } from './Attributes.ts'
import * as Micros from './Micros.ts'

// model

export interface SpanEvent {
  readonly name: string
  readonly timeMicros: Micros.Micros
  readonly attributes: Attributes
  readonly droppedAttributes: number
}

// constructors

/** An event with defaults for the fields that are not given. */
export const make = (
  fields: Pick<SpanEvent, 'name' | 'timeMicros'> & Partial<SpanEvent>,
): SpanEvent => ({
  attributes: {},
  droppedAttributes: 0,
  ...fields,
})

// guards

/** Source: OpenTelemetry semantic conventions, "Exceptions on spans". */
export const isException = (event: SpanEvent): boolean => event.name === 'exception'

// folds

/** The time of an event, or the start of its span if the server refuses that time. */
export const timeIn = (
  { startMicros }: { readonly startMicros: Micros.Micros },
  { timeMicros }: SpanEvent,
): Micros.Micros => (Micros.isKnown(timeMicros) ? timeMicros : startMicros)
