/**
 * Which spans are entries of a service. An entry span and its descendants, down to the next entries, are one segment. The
 * first rule that matches decides. Some rules need the parent: they are applied when the segment is ready.
 *
 * Source of the flags: `SpanFlags` in `opentelemetry/proto/trace/v1/trace.proto`.
 */
import * as Service from '../model/Service.ts'
import type { Span } from '../model/Span.ts'
import type { SpanId } from '../model/SpanId.ts'
import * as SpanKind from '../model/SpanKind.ts'

// model

/** The decision that a span alone allows. */
export type EntryDecision = 'entry' | 'inner' | 'ask-parent'

/** The part of a span that decides whether it is an entry. */
export interface Evidence {
  readonly parentSpanId: SpanId | undefined
  readonly traits: Traits
}

/** Properties that many spans share: equal ones are stored once. */
export interface Traits {
  readonly kind: SpanKind.SpanKind
  readonly service: Service.Service
  readonly entry: EntryDecision
  /** Whether the flags of the span state that its parent is in the same process. */
  readonly parentIsLocal: boolean
}

/** The part of the parent that decides. */
export type ParentEvidence = Pick<Traits, 'kind' | 'service'>

/** The rule that decided, to explain a trace to its users. */
export type EntryRule =
  | 'no-parent'
  | 'remote-parent'
  | 'receiver'
  | 'flag-conflict'
  | 'other-service'

const HAS_IS_REMOTE = 0x100

const IS_REMOTE = 0x200

// constructors

/** Whether the flags of a span state that its parent is local. */
const parentIsLocal = (span: Pick<Span, 'flags'>): boolean =>
  ((span.flags ?? 0) & (HAS_IS_REMOTE | IS_REMOTE)) === HAS_IS_REMOTE

/** The decision that a span alone allows. */
const of = (span: Pick<Span, 'flags' | 'kind' | 'parentSpanId'>): EntryDecision => {
  if (span.parentSpanId === undefined) return 'entry'
  const flags = span.flags ?? 0
  if ((flags & HAS_IS_REMOTE) === 0) return 'ask-parent'
  if ((flags & IS_REMOTE) !== 0) return 'entry'
  return SpanKind.receives(span.kind) ? 'ask-parent' : 'inner'
}

export const traitsOf = (span: Span): Traits => ({
  kind: span.kind,
  service: span.resource.service,
  entry: of(span),
  parentIsLocal: parentIsLocal(span),
})

// guards

/** Whether a span of the same resource has these traits. */
export const isOfSpan = (traits: Traits, span: Span): boolean =>
  traits.kind === span.kind &&
  traits.entry === of(span) &&
  traits.parentIsLocal === parentIsLocal(span)

/** Kinds below which a server span of the same service is only another layer: express or Next.js below http. */
const enclosesServers = (kind: SpanKind.SpanKind): boolean =>
  SpanKind.receives(kind) || kind === 'INTERNAL'

// folds

/** The rule that makes a span an entry, given its parent if that is known; `undefined` for an inner span. */
export const resolve = (
  span: Evidence,
  parent: ParentEvidence | undefined,
): EntryRule | undefined => {
  if (span.parentSpanId === undefined) return 'no-parent'
  const { traits } = span
  if (traits.entry === 'entry') return 'remote-parent'
  if (traits.entry === 'inner') return undefined
  const sameService = parent !== undefined && Service.same(traits.service, parent.service)
  if (traits.parentIsLocal) return sameService ? undefined : 'flag-conflict'
  if (SpanKind.receives(traits.kind)) {
    return sameService && enclosesServers(parent.kind) ? undefined : 'receiver'
  }
  return parent !== undefined && !sameService ? 'other-service' : undefined
}
