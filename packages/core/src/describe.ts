/**
 * What a span can become, worked out once when it arrives: a child in a transaction, the root of one, what was
 * thrown in it.
 * After this the span itself is not needed any more.
 */
import { admitSpans } from './admitSpans.ts'
import * as Breadcrumb from './Breadcrumb.ts'
import * as Entry from './Entry.ts'
import * as ErrorRules from './ErrorRules.ts'
import * as EventBase from './EventBase.ts'
import { fitSpan } from './fitSpan.ts'
import * as Intake from './Intake.ts'
import type { Limits } from './Limits.ts'
import * as Losses from './Losses.ts'
import type { Mapping } from './Mapping.ts'
import * as Mended from './Mended.ts'
import { mendTimes } from './mendTimes.ts'
import type { Node } from './Node.ts'
import type { Payload } from './Payload.ts'
import type { Resource } from './Resource.ts'
import * as SentrySpan from './SentrySpan.ts'
import type { Span } from './Span.ts'
import * as Thrown from './Thrown.ts'
import type * as Tombstone from './Tombstone.ts'
import type { TransactionName } from './TransactionName.ts'

// model

export interface Described<A> {
  readonly span: A
  readonly about: About
}

/** What is known of a span beside itself. Spans that have nothing of their own to tell share it: it is held for long. */
export interface About {
  /** The name of the transaction, should the span be the root of one. */
  readonly name: TransactionName
  readonly base: EventBase.EventBase
  readonly thrown: ReadonlyArray<Thrown.Thrown>
  readonly breadcrumbs: ReadonlyArray<Breadcrumb.Breadcrumb>
}

export interface Descriptions<A> {
  readonly nodes: ReadonlyArray<Node<Described<A>>>
  /** The places of spans that a hook dropped. */
  readonly dropped: ReadonlyArray<Tombstone.Tombstone>
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
  intake: Intake.Intake = Intake.standard,
  rules: ErrorRules.ErrorRules = ErrorRules.standard,
): ((spans: ReadonlyArray<Span>, nowMillis?: number) => Descriptions<A>) => {
  const admit = admitSpans(intake)
  const mostBytes = Math.floor(limits.maxSpanBytes / 2) - SERVER_ADDS_BYTES
  // What is made of a resource is made once, and goes when the resource does.
  const bases = new WeakMap<Resource, EventBase.EventBase>()
  const baseOf = (resource: Resource, mended: Mended.Mended): EventBase.EventBase => {
    const known = bases.get(resource)
    if (known !== undefined) return known
    const base = EventBase.of(mapping, mended)(resource)
    bases.set(resource, base)
    return base
  }
  const thrownIn = (span: Span, sentrySpan: SentrySpan.SentrySpan): About['thrown'] => {
    const thrown = Thrown.ofSpan(span)
    return rules.errorsFromStatus && thrown.length === 0 && span.status.code === 'ERROR'
      ? [Thrown.ofStatus(span, sentrySpan)]
      : thrown
  }
  const shared = sharedAbouts()
  const sharedTraits = traitsOfResources()
  return (spans, nowMillis = 0) => {
    // Spans of one trace mostly come together, and so do those of one parent: they share the texts of their ids.
    let { traceId, parentSpanId } = spans[0] ?? NOWHERE
    const mended = Mended.start()
    const toSentrySpan = SentrySpan.of(mapping, mended)
    const admitted = admit(spans)
    const nodes = admitted.spans.map((given): Node<Described<A>> => {
      const span = mendTimes(given, nowMillis)
      const base = baseOf(span.resource, mended)
      if (span !== given || span.end < span.start) mended.time++
      const sentrySpan = toSentrySpan(span)
      let value = payload.of(sentrySpan)
      if (payload.bytes(value) > mostBytes) {
        value = payload.of(fitSpan(sentrySpan, mostBytes))
        mended.trimmed++
      }
      if (traceId !== span.traceId) traceId = span.traceId
      if (parentSpanId !== span.parentSpanId) parentSpanId = span.parentSpanId
      const thrown = thrownIn(span, sentrySpan)
      const breadcrumbs = Breadcrumb.ofSpan(span)
      const name = mapping.name(span)
      const about =
        thrown.length === 0 && breadcrumbs.length === 0
          ? shared(base, name)
          : { name, base, thrown, breadcrumbs }
      return {
        traceId,
        spanId: span.spanId,
        parentSpanId,
        start: span.start,
        end: span.end,
        traits: sharedTraits(span),
        name: about.name.name,
        weight: payload.bytes(value) + SERVER_ADDS_BYTES,
        isUrgent: thrown.length > 0,
        richness: Object.keys(span.attributes).length + span.events.length + span.links.length,
        value: { span: value, about },
      }
    })
    return {
      nodes,
      dropped: admitted.dropped,
      losses: Losses.concat(admitted.losses, Mended.losses(mended)),
    }
  }
}

const NOWHERE = { traceId: undefined, parentSpanId: undefined }

/** Names of transactions are few, as long as nobody makes them up: of those that are not kept for ever. */
const sharedAbouts = (): ((base: EventBase.EventBase, name: TransactionName) => About) => {
  const known = new WeakMap<EventBase.EventBase, Map<string, About>>()
  return (base, name) => {
    const names = known.get(base) ?? new Map<string, About>()
    const before = names.get(name.name)
    if (before?.name.source === name.source) return before
    if (names.size === 0 || names.size >= MOST_NAMES) {
      names.clear()
      known.set(base, names)
    }
    const about = { name, base, thrown: NOTHING, breadcrumbs: NOTHING }
    names.set(name.name, about)
    return about
  }
}

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

const MOST_NAMES = 1_000

const NOTHING: ReadonlyArray<never> = []
