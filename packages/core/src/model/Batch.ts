/** What every decoder gives: the spans that are good, and the places where something was not. */
import * as Losses from './Losses.ts'
import type { Rejected } from './Rejected.ts'
import type { Span } from './Span.ts'

// model

export interface Batch {
  readonly spans: ReadonlyArray<Span>
  /** One entry for each span, or part of the request, that could not be decoded. */
  readonly rejected: ReadonlyArray<Rejected>
  /** What was mended in the spans that are good. */
  readonly repairs: Losses.Losses
}

// constructors

export const empty: Batch = { spans: [], rejected: [], repairs: Losses.empty }

// combinators

/** Several requests as one, in their order. */
export const concatAll = (batches: ReadonlyArray<Batch>): Batch => ({
  spans: batches.flatMap((batch) => batch.spans),
  rejected: batches.flatMap((batch) => batch.rejected),
  repairs: Losses.concatAll(batches.map((batch) => batch.repairs)),
})

// destructors

/** Spans that went in, good or bad. */
export const spansIn = (batch: Batch): number => batch.spans.length + batch.rejected.length

/** All that decoding cost. */
export const losses = (batch: Batch): Losses.Losses =>
  Losses.concat(Losses.of('invalid', batch.rejected.length), batch.repairs)
