/** Samples traces, runs the hook of the user on each span, and redacts the spans that are kept. */
import * as O from '#fp-ts/Option'
import * as Hook from '../filter/Hook.ts'
import { redactSpan } from '../filter/redact.ts'
import * as Sampling from '../filter/Sampling.ts'
import type { SpanFilter } from '../filter/SpanFilter.ts'
import * as Losses from '../model/Losses.ts'
import type { Span } from '../model/Span.ts'
import * as DroppedSpan from '../segment/DroppedSpan.ts'

// model

export interface Filtered {
  readonly spans: ReadonlyArray<Span>
  /** The spans that the hook dropped. Spans of traces that are not sampled are not among them. */
  readonly dropped: ReadonlyArray<DroppedSpan.DroppedSpan>
  readonly losses: Losses.Losses
}

// transformations

export const filterSpans = ({
  span: hook,
  privacy,
  sampleRate,
}: SpanFilter): ((spans: ReadonlyArray<Span>) => Filtered) => {
  const redact = redactSpan(privacy)
  const isKept = Sampling.isKept(sampleRate)
  return (all) => {
    const sampled = sampleRate >= 1 ? all : all.filter(isKept)
    const losses = Losses.of('sampled', all.length - sampled.length)
    if (hook === undefined) return { spans: sampled.map(redact), dropped: NONE, losses }
    const spans: Array<Span> = []
    const dropped: Array<DroppedSpan.DroppedSpan> = []
    for (const span of sampled) {
      const kept = Hook.run(() => hook(span))
      if (O.isSome(kept)) spans.push(redact(withIdsOf(span, kept.value)))
      else dropped.push(DroppedSpan.of(span))
    }
    return { spans, dropped, losses }
  }
}

const NONE: ReadonlyArray<DroppedSpan.DroppedSpan> = []

/** A hook does not change the place of a span in its trace. */
const withIdsOf = (before: Span, after: Span): Span =>
  before === after
    ? after
    : {
        ...after,
        traceId: before.traceId,
        spanId: before.spanId,
        parentSpanId: before.parentSpanId,
        flags: before.flags,
      }
