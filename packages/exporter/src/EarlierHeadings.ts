/**
 * The trace headers of traces that waited while the configuration changed. The environment and the rates of sampling in a header
 * are those of the spans, which were described with the configuration before; all envelopes of a trace have the same.
 */
import type { Heading } from './EventEnvelope.ts'

// model

export interface EarlierHeadings {
  readonly byTrace: ReadonlyMap<string, Heading>
  /** None of the traces waits any longer at this time. */
  readonly untilMillis: number
}

// constructors

export const none: EarlierHeadings = { byTrace: new Map(), untilMillis: 0 }

// guards

export const isSame = (a: Heading, b: Heading): boolean =>
  a.environment === b.environment &&
  a.sampleRate === b.sampleRate &&
  a.upstreamSampleRate === b.upstreamSampleRate

// transformations

/** Keeps the headings of the traces that wait now. Those that do not are forgotten. */
export const keep = (
  { byTrace }: EarlierHeadings,
  waitingIds: ReadonlyArray<string>,
  current: Heading,
  untilMillis: number,
): EarlierHeadings => ({
  byTrace: new Map(waitingIds.map((id) => [id, byTrace.get(id) ?? current])),
  untilMillis,
})
