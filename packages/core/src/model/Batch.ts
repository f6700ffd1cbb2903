/**
 * The result of decoding requests: the valid spans, and the places where a part was not valid.
 *
 * @example
 * ```ts
 * import { Batch, Span, SpanId, TraceId } from '@sentry-exporter/core'
 *
 * const traceId = TraceId.fromContent(['example'])
 * const span = Span.make({ traceId, spanId: SpanId.fromContent(['example']), name: 'work' })
 * const batch = Batch.concatAll([{ ...Batch.empty, spans: [span] }, Batch.empty])
 *
 * console.log(Batch.spansIn(batch), Batch.losses(batch)) // 1 {}
 * ```
 */
import { frozen } from '../internal/frozen.ts'
import * as Losses from './Losses.ts'
import type { Rejected } from './Rejected.ts'
import type { Span } from './Span.ts'

// model

export interface Batch {
  readonly spans: ReadonlyArray<Span>
  /** Spans that were described while they were read: they are not in the list. */
  readonly describedSpans?: number | undefined
  /** One entry for each span, or part of a request, that could not be decoded. */
  readonly rejected: ReadonlyArray<Rejected>
  /** Values that were repaired in the valid spans. */
  readonly repairs: Losses.Losses
  /** The first parts that were left out of the valid spans, and of their resources. `repairs` counts all. */
  readonly invalidParts?: ReadonlyArray<Rejected> | undefined
}

// constructors

export const empty: Batch = /* @__PURE__ */ frozen({
  spans: [],
  rejected: [],
  repairs: Losses.empty,
})

// folds

/** Several batches as one, in their order. Linear, which a fold by pairs would not be. */
export const concatAll = (batches: ReadonlyArray<Batch>): Batch => {
  const invalidParts = batches.flatMap((batch) => batch.invalidParts ?? [])
  const describedSpans = batches.reduce((sum, batch) => sum + (batch.describedSpans ?? 0), 0)
  return {
    spans: batches.flatMap((batch) => batch.spans),
    rejected: batches.flatMap((batch) => batch.rejected),
    repairs: Losses.concatAll(batches.map((batch) => batch.repairs)),
    ...(describedSpans === 0 ? {} : { describedSpans }),
    ...(invalidParts.length === 0 ? {} : { invalidParts }),
  }
}

/** The number of spans that were sent, valid or not. */
export const spansIn = (batch: Batch): number => validSpansIn(batch) + batch.rejected.length

/** The number of spans that were read. */
export const validSpansIn = ({ spans, describedSpans = 0 }: Batch): number =>
  spans.length + describedSpans

/** Everything that decoding lost or repaired. */
export const losses = (batch: Batch): Losses.Losses =>
  Losses.concat(Losses.of('invalid', batch.rejected.length), batch.repairs)
