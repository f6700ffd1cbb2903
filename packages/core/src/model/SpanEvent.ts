/** Something that happened during a span, at one moment: an exception, a message, a milestone. */
import type { Attributes } from './Attributes.ts'
import type { Micros } from './Micros.ts'

// model

export interface SpanEvent {
  readonly name: string
  readonly time: Micros
  readonly attributes: Attributes
  readonly droppedAttributes: number
}

// guards

/** Source: OpenTelemetry semantic conventions, "Exceptions on spans". */
export const isException = (event: SpanEvent): boolean => event.name === 'exception'
