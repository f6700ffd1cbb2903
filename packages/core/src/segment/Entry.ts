/**
 * Which spans enter a service. An entry span and all below it, down to the next entries, are one segment. The
 * first rule that answers decides; some need the parent, which is looked at when the segment is ready.
 *
 * Source of the flags: `SpanFlags` in `opentelemetry/proto/trace/v1/trace.proto`.
 */
import * as Service from '../model/Service.ts'
import type { Span } from '../model/Span.ts'
import type { SpanId } from '../model/SpanId.ts'
import * as SpanKind from '../model/SpanKind.ts'

// model

export type Entry = 'entry' | 'inner' | 'ask-parent'

/** What is kept of a span to decide later. */
export interface Evidence {
  readonly parentSpanId: SpanId | undefined
  readonly traits: Traits
}

/** What many spans have in common: it is held once for all of them. */
export interface Traits {
  readonly kind: SpanKind.SpanKind
  readonly service: Service.Service
  /** What the span alone tells. */
  readonly entry: Entry
  /** Whether the span said itself that its parent is of the same process. */
  readonly parentIsLocal: boolean
}

/** What is asked of the parent. */
export type ParentEvidence = Pick<Traits, 'kind' | 'service'>

/** Which rule decided, for people who ask why their trace looks as it does. */
export type Rule = 'no-parent' | 'remote-parent' | 'receiver' | 'flag-conflict' | 'other-service'

// constructors

/** Whether the span says that its flags tell about its parent, and that the parent is local. */
export const parentIsLocal = (span: Pick<Span, 'flags'>): boolean =>
  ((span.flags ?? 0) & (HAS_IS_REMOTE | IS_REMOTE)) === HAS_IS_REMOTE

/** What a span alone tells. */
export const of = (span: Pick<Span, 'flags' | 'kind' | 'parentSpanId'>): Entry => {
  if (span.parentSpanId === undefined) return 'entry'
  const flags = span.flags ?? 0
  if ((flags & HAS_IS_REMOTE) === 0) return 'ask-parent'
  if ((flags & IS_REMOTE) !== 0) return 'entry'
  return SpanKind.receives(span.kind) ? 'ask-parent' : 'inner'
}

/** What a span has in common with many others. */
export const traitsOf = (span: Span): Traits => ({
  kind: span.kind,
  service: span.resource.service,
  entry: of(span),
  parentIsLocal: parentIsLocal(span),
})

// guards

/** Whether they are equal, of one resource. */
export const sameTraits = (a: Traits, b: Traits): boolean =>
  a.kind === b.kind && a.entry === b.entry && a.parentIsLocal === b.parentIsLocal

// destructors

/** The rule that makes a span an entry, given its parent where that is known; `undefined` for an inner span. */
export const resolve = (node: Evidence, parent: ParentEvidence | undefined): Rule | undefined => {
  if (node.parentSpanId === undefined) return 'no-parent'
  const { traits } = node
  if (traits.entry === 'entry') return 'remote-parent'
  if (traits.entry === 'inner') return undefined
  const sameService = parent !== undefined && Service.same(traits.service, parent.service)
  if (traits.parentIsLocal) return sameService ? undefined : 'flag-conflict'
  if (SpanKind.receives(traits.kind)) {
    return sameService && isAround(parent.kind) ? undefined : 'receiver'
  }
  return parent !== undefined && !sameService ? 'other-service' : undefined
}

/** Kinds under which a server span of the same service is only a layer: Next.js under http, express. */
const isAround = (kind: SpanKind.SpanKind): boolean =>
  SpanKind.receives(kind) || kind === 'INTERNAL'

const HAS_IS_REMOTE = 0x100

const IS_REMOTE = 0x200
