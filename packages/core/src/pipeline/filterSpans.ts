/** Which spans come in, and how: sampling, the hook of the user, and what must not be sent taken out. */
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
  /** Of those that the hook dropped. Traces that are not kept leave none: nothing of them is. */
  readonly dropped: ReadonlyArray<DroppedSpan.DroppedSpan>
  readonly losses: Losses.Losses
}

// destructors

export const filterSpans = ({
  span: hook,
  privacy,
  sampleRate,
}: SpanFilter): ((spans: ReadonlyArray<Span>) => Filtered) => {
  const clean = redactSpan(privacy)
  const isKept = Sampling.isKept(sampleRate)
  return (arrived) => {
    const sampled = sampleRate >= 1 ? arrived : arrived.filter(isKept)
    const losses = Losses.of('sampled', arrived.length - sampled.length)
    if (hook === undefined) return { spans: sampled.map(clean), dropped: NONE, losses }
    const spans: Array<Span> = []
    const dropped: Array<DroppedSpan.DroppedSpan> = []
    for (const span of sampled) {
      const kept = Hook.run(() => hook(span))
      if (O.isSome(kept)) spans.push(clean(inPlace(span, kept.value)))
      else dropped.push(DroppedSpan.of(span))
    }
    return { spans, dropped, losses }
  }
}

const NONE: ReadonlyArray<DroppedSpan.DroppedSpan> = []

/** A span stays where it hangs, whatever a hook made of it. */
const inPlace = (before: Span, after: Span): Span =>
  before === after
    ? after
    : {
        ...after,
        traceId: before.traceId,
        spanId: before.spanId,
        parentSpanId: before.parentSpanId,
        flags: before.flags,
      }
