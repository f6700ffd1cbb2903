/** Samples traces, runs the hook of the user on each span, and redacts the spans that are kept. */
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'
import * as Hook from '../filter/Hook.ts'
import * as HookFailure from '../filter/HookFailure.ts'
import { handover } from '../filter/hookedSpan.ts'
import * as Sampling from '../filter/Sampling.ts'
import * as SpanFilter from '../filter/SpanFilter.ts'
import * as Losses from '../model/Losses.ts'
import type { Span } from '../model/Span.ts'
import * as DroppedSpan from '../segment/DroppedSpan.ts'

// model

export interface Filtered {
  readonly spans: ReadonlyArray<Span>
  /** The spans that the hook dropped, or that it failed for. Spans of traces that are not sampled are not among them. */
  readonly dropped: ReadonlyArray<DroppedSpan.DroppedSpan>
  readonly losses: Losses.Losses
  readonly failures: ReadonlyArray<HookFailure.HookFailure>
}

// transformations

/** `redact` runs after the hook. */
export const filterSpans = (
  { span: hook, sampleRate }: Pick<SpanFilter.SpanFilter, 'span' | 'sampleRate'>,
  redact: (span: Span) => Span,
): ((spans: ReadonlyArray<Span>) => Filtered) => {
  const ask = hook === undefined ? undefined : asking(hook)
  const isKept = Sampling.isKept(sampleRate)
  return (all) => {
    const kept: Kept = { spans: [], dropped: [], failures: HookFailure.none }
    let sampled = 0
    let invalid = 0
    for (const span of all) {
      try {
        if (sampleRate < 1 && !isKept(span)) sampled++
        else if (ask === undefined) kept.spans.push(redact(span))
        else add(kept, span, redact, ask(span))
      } catch {
        // Not a span: a program in JavaScript may make any value.
        invalid++
      }
    }
    const { spans, dropped, failures } = kept
    return { spans, dropped, failures, losses: Losses.ofCounts({ sampled, invalid }) }
  }
}

/** The spans of a step so far. */
interface Kept {
  readonly spans: Array<Span>
  readonly dropped: Array<DroppedSpan.DroppedSpan>
  failures: ReadonlyArray<HookFailure.HookFailure>
}

const add = (kept: Kept, before: Span, redact: (span: Span) => Span, answer: Answer): void => {
  if (E.isLeft(answer)) {
    kept.failures = HookFailure.concat(kept.failures, [answer.left])
    kept.dropped.push(DroppedSpan.ofFailed(before))
    return
  }
  if (O.isSome(answer.right)) kept.spans.push(redact(withIdsOf(before, answer.right.value)))
  else kept.dropped.push(DroppedSpan.of(before))
}

type Answer = E.Either<HookFailure.HookFailure, O.Option<Span>>

/** A hook of this package changes nothing, and its result needs no check. */
const asking = (hook: Hook.Hook<Span>): ((span: Span) => Answer) => {
  if (hook === SpanFilter.dropStandalone) return (span) => E.right(hook(span))
  const { give, form } = handover()
  return (span) => Hook.ask('beforeSendSpan', form, () => hook(give(span)))
}

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
