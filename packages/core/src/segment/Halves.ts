/**
 * The two halves of a call that share one span id, as Zipkin's B3 propagation allows: the span of the caller and that of the
 * receiver. In Sentry two spans need two ids. The half that holds the shared id keeps it; the other one gets an id of its own.
 */
import * as Service from '../model/Service.ts'
import * as SpanId from '../model/SpanId.ts'
import * as SpanKind from '../model/SpanKind.ts'
import type { TraceId } from '../model/TraceId.ts'
import type * as Entry from './Entry.ts'

// model

/** The place of a node in a call whose halves share an id. */
export type Half =
  /** It has an id of its own. */
  | { readonly _tag: 'Separated'; readonly sharedSpanId: SpanId.SpanId }
  /** It holds the shared id; this service received the call. */
  | { readonly _tag: 'Caller'; readonly receivedBy: Service.Service }

/** A span, and the place that it names as its parent. */
export interface SharedIdReference {
  readonly traceId: TraceId
  readonly spanId: SpanId.SpanId
  /** The service of the span that refers to the shared id. */
  readonly service: Service.Service
}

const COUNTERPARTS: Readonly<Partial<Record<SpanKind.SpanKind, SpanKind.SpanKind>>> = {
  CLIENT: 'SERVER',
  SERVER: 'CLIENT',
  PRODUCER: 'CONSUMER',
  CONSUMER: 'PRODUCER',
}

// constructors

/**
 * The id of a half that does not hold the shared id. The instance of the service is not part of it, because not all spans of a
 * service name theirs.
 */
export const idOf = (
  { traceId, spanId, service: { namespace, name } }: SharedIdReference,
  kind: SpanKind.SpanKind,
): SpanId.SpanId => SpanId.fromContent(['half', traceId, spanId, namespace ?? '', name ?? '', kind])

// guards

/** Whether spans of these kinds are the two halves of a call, if they have one id. */
export const areHalves = (a: SpanKind.SpanKind, b: SpanKind.SpanKind): boolean =>
  COUNTERPARTS[a] === b

// folds

/**
 * The half that a reference to a shared id means: that of its own service, before all the receiver. `undefined` if that is
 * the span that holds the id. `known` finds spans by their ids.
 */
export const meant = (
  reference: SharedIdReference,
  holder: Entry.ParentEvidence | undefined,
  known: (id: SpanId.SpanId) => Entry.ParentEvidence | undefined,
): SpanId.SpanId | undefined => {
  const kind = holder === undefined ? undefined : COUNTERPARTS[holder.kind]
  if (holder === undefined || kind === undefined) return undefined
  if (SpanKind.receives(holder.kind) && Service.same(holder.service, reference.service)) {
    return undefined
  }
  const id = idOf(reference, kind)
  const half = known(id)
  return half !== undefined && half.kind === kind && Service.same(half.service, reference.service)
    ? id
    : undefined
}
