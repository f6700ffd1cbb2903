/** Which spans come in, and how: sampling, the hook of the user, and what must not be sent taken out. */
import * as O from '#fp-ts/Option'
import * as Hook from '../filter/Hook.ts'
import { cleanSpan } from '../filter/redact.ts'
import * as Sampling from '../filter/Sampling.ts'
import type { Intake } from '../filter/SpanFilter.ts'
import * as Losses from '../model/Losses.ts'
import type { Span } from '../model/Span.ts'
import * as Tombstone from '../segment/DroppedSpan.ts'

// model

export interface Admitted {
  readonly spans: ReadonlyArray<Span>
  /** Of those that the hook dropped. Traces that are not kept leave none: nothing of them is. */
  readonly dropped: ReadonlyArray<Tombstone.Tombstone>
  readonly losses: Losses.Losses
}

// destructors

export const admitSpans = ({
  span: hook,
  privacy,
  sampleRate,
}: Intake): ((spans: ReadonlyArray<Span>) => Admitted) => {
  const clean = cleanSpan(privacy)
  const isKept = Sampling.isKept(sampleRate)
  return (arrived) => {
    const sampled = sampleRate >= 1 ? arrived : arrived.filter(isKept)
    const losses = Losses.of('sampled', arrived.length - sampled.length)
    if (hook === undefined) return { spans: sampled.map(clean), dropped: NONE, losses }
    const spans: Array<Span> = []
    const dropped: Array<Tombstone.Tombstone> = []
    for (const span of sampled) {
      const kept = Hook.run(() => hook(span))
      if (O.isSome(kept)) spans.push(clean(inPlace(span, kept.value)))
      else dropped.push(Tombstone.of(span))
    }
    return { spans, dropped, losses }
  }
}

const NONE: ReadonlyArray<Tombstone.Tombstone> = []

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
