/**
 * What a span can become, worked out once when it arrives: a child in a transaction, the root of one, what was
 * thrown in it.
 * After this the span itself is not needed any more.
 */

import * as ErrorRules from '../errors/ErrorRules.ts'
import * as RecordedException from '../exception/RecordedException.ts'
import { normalizeTimes } from '../filter/normalizeTimes.ts'
import * as SpanFilter from '../filter/SpanFilter.ts'
import * as FirstLetters from '../mapping/FirstLetters.ts'
import type { Mapping } from '../mapping/Mapping.ts'
import type { Limits } from '../model/Limits.ts'
import * as Losses from '../model/Losses.ts'
import * as Micros from '../model/Micros.ts'
import type { Resource } from '../model/Resource.ts'
import type { Span } from '../model/Span.ts'
import type * as DroppedSpan from '../segment/DroppedSpan.ts'
import * as Entry from '../segment/Entry.ts'
import type { Node } from '../segment/Node.ts'
import * as NodeDetails from '../segment/NodeDetails.ts'
import type { Payload } from '../segment/Payload.ts'
import * as Breadcrumb from '../sentry/Breadcrumb.ts'
import * as EventBase from '../sentry/EventBase.ts'
import { fitSpan } from '../sentry/fitSpan.ts'
import * as SentrySpan from '../sentry/SentrySpan.ts'
import * as Repairs from '../size/Repairs.ts'
import { filterSpans } from './filterSpans.ts'

// model

export interface Described<A> {
  readonly nodes: ReadonlyArray<Node<A>>
  /** The places of spans that a hook dropped. */
  readonly dropped: ReadonlyArray<DroppedSpan.DroppedSpan>
  readonly losses: Losses.Losses
}

// constructors

/**
 * What the server adds to each span of a transaction, in bytes. An assumption: it computes times, ids and a
 * description of its own for each.
 */
export const SERVER_ADDS_BYTES = 512

/** Describes spans of any number of traces, in their order. `nowMillis` is zero where there is no clock. */
export const describe = <A>(
  mapping: Mapping,
  limits: Pick<Limits, 'maxSpanBytes'>,
  payload: Payload<A>,
  intake: SpanFilter.SpanFilter = SpanFilter.defaults,
  rules: Pick<ErrorRules.ErrorRules, 'errorsFromStatus'> = ErrorRules.defaults,
): ((spans: ReadonlyArray<Span>, nowMillis?: number) => Described<A>) => {
  const admit = filterSpans(intake)
  const mostBytes = Math.floor(limits.maxSpanBytes / 2) - SERVER_ADDS_BYTES
  // What is made of a resource is made once, and goes when the resource does.
  const bases = new WeakMap<Resource, EventBase.EventBase>()
  const baseOf = (resource: Resource, mended: Repairs.Repairs): EventBase.EventBase => {
    const known = bases.get(resource)
    if (known !== undefined) return known
    const base = EventBase.of(mapping, mended)(resource)
    bases.set(resource, base)
    return base
  }
  const thrownIn = (
    span: Span,
    sentrySpan: SentrySpan.SentrySpan,
  ): ReadonlyArray<RecordedException.RecordedException> => {
    const thrown = RecordedException.ofSpan(span)
    return rules.errorsFromStatus && thrown.length === 0 && span.status.code === 'ERROR'
      ? [RecordedException.ofStatus(span, sentrySpan)]
      : thrown
  }
  const aboutOf = NodeDetails.sharing()
  const sharedTraits = traitsOfResources()
  return (spans, nowMillis = 0) => {
    // Spans of one trace mostly come together, and so do those of one parent: they share the texts of their ids.
    let { traceId, parentSpanId } = spans[0] ?? NOWHERE
    const mended = Repairs.start()
    const toSentrySpan = SentrySpan.of(mapping, mended)
    const admitted = admit(spans)
    const nodes = admitted.spans.map((given): Node<A> => {
      const span = normalizeTimes(given, nowMillis)
      const base = baseOf(span.resource, mended)
      if (span !== given || span.end < span.start) mended.time++
      const letters = FirstLetters.of(span.attributes)
      const sentrySpan = toSentrySpan(span, letters)
      let value = payload.of(sentrySpan)
      if (payload.bytes(value) > mostBytes) {
        value = payload.of(fitSpan(sentrySpan, mostBytes))
        mended.trimmed++
      }
      if (traceId !== span.traceId) traceId = span.traceId
      if (parentSpanId !== span.parentSpanId) parentSpanId = span.parentSpanId
      const thrown = thrownIn(span, sentrySpan)
      const about = aboutOf(base, mapping.name(span, letters), thrown, Breadcrumb.ofSpan(span))
      return {
        traceId,
        spanId: span.spanId,
        parentSpanId,
        start: span.start,
        durationMicros: span.end > 0 ? Micros.between(span.start, span.end) : undefined,
        traits: sharedTraits(span),
        details: about,
        weight: payload.bytes(value) + SERVER_ADDS_BYTES,
        value,
      }
    })
    return {
      nodes,
      dropped: admitted.dropped,
      losses: Losses.concat(admitted.losses, Repairs.losses(mended)),
    }
  }
}

const NOWHERE = { traceId: undefined, parentSpanId: undefined }

/** Of one resource there are few. */
const traitsOfResources = (): ((span: Span) => Entry.Traits) => {
  const known = new WeakMap<Resource, Array<Entry.Traits>>()
  return (span) => {
    const made = Entry.traitsOf(span)
    const others = known.get(span.resource)
    if (others === undefined) {
      known.set(span.resource, [made])
      return made
    }
    for (const other of others) if (Entry.sameTraits(other, made)) return other
    others.push(made)
    return made
  }
}
