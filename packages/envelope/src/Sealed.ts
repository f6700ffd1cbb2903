/**
 * An encoded envelope with the metadata that delivery needs. The bytes contain no `sent_at`: each attempt adds the current
 * time, since the server shifts all times of an envelope by the age of `sent_at`.
 *
 * @example
 * ```ts
 * import * as Dsn from '@sentry-exporter/envelope/Dsn'
 * import * as Sealed from '@sentry-exporter/envelope/Sealed'
 * import * as Utf8 from '@sentry-exporter/envelope/Utf8'
 *
 * const dsn = Dsn.parse('https://key@host/1')
 * if (dsn._tag === 'Right') {
 *   const body = Sealed.stamp(1_700_000_000_000)(Sealed.bare(dsn.right))
 *   console.log(Utf8.decode(body).trim()) // {"sent_at":"2023-11-14T22:13:20.000Z"}
 * }
 * ```
 */
import type { Category } from './Category.ts'
import type { Dsn } from './Dsn.ts'
import * as Envelope from './Envelope.ts'
import type { EventId } from './EventId.ts'
import type * as Item from './Item.ts'
import * as Utf8 from './Utf8.ts'

// model

/** The data about an envelope that delivery needs. */
export interface EnvelopeMeta {
  readonly dsn: Dsn
  readonly eventId: EventId | undefined
  /** The category whose rate limits apply to the whole envelope. */
  readonly category: Category
  /** The counts by category that are lost if the envelope is dropped, for client reports. */
  readonly lossesIfDropped: ReadonlyArray<readonly [Category, number]>
  /** The number of input spans in the envelope, without synthetic roots; `undefined` if they are not counted. */
  readonly spans?: number | undefined
  /** The number of logs in the envelope; `undefined` for none. */
  readonly logs?: number | undefined
  /** The number of metrics in the envelope; `undefined` for none. */
  readonly metrics?: number | undefined
  /**
   * Identifies the envelopes of one export call: they share this object, which is compared by identity only. A queue that
   * accepts the first envelope of a batch accepts the others too. `undefined` for an envelope on its own.
   */
  readonly batch?: object | undefined
}

export interface Sealed extends EnvelopeMeta {
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Names each field of a type, also one that may be absent: the compiler finds a copy that lacks one. */
export type EachField<A> = { readonly [Key in keyof Required<A>]: A[Key] }

// constructors

/** An envelope of these bytes. Only the known fields are copied. */
export const withBytes = (
  meta: EnvelopeMeta,
  bytes: Sealed['bytes'],
  dsn: Dsn = meta.dsn,
): EachField<Sealed> => ({
  // hot: fields are named, since copying an object with a further field is slow in V8.
  dsn,
  eventId: meta.eventId,
  category: meta.category,
  lossesIfDropped: meta.lossesIfDropped,
  spans: meta.spans,
  logs: meta.logs,
  metrics: meta.metrics,
  batch: meta.batch,
  bytes,
})

/** An envelope without items: for items that are appended, and to test whether a server accepts anything. */
export const bare = (dsn: Dsn): Sealed =>
  seal(
    { dsn, eventId: undefined, category: 'internal', lossesIfDropped: [] },
    { header: {}, items: [] },
  )

export const seal = (meta: EnvelopeMeta, envelope: Envelope.Envelope<Item.Content>): Sealed => ({
  ...meta,
  bytes: Envelope.encode(envelope),
})

// transformations

/** The envelope with another item. The given bytes are not changed, since other values may refer to them. */
export const append =
  (item: Item.Item<Item.Content>) =>
  <A extends Sealed>(sealed: A): A => ({ ...sealed, bytes: Envelope.append(item)(sealed.bytes) })

const CLOSING_BRACE = 0x7d

// encoding

/** The bytes with the time of sending, in milliseconds since 1970, as the first field of the header. */
export const stamp =
  (nowMillis: number) =>
  ({ bytes }: Sealed): Uint8Array<ArrayBuffer> => {
    const separator = bytes[1] === CLOSING_BRACE ? '' : ','
    const stamped = Utf8.encode(`{"sent_at":"${new Date(nowMillis).toISOString()}"${separator}`)
    return Utf8.join([Utf8.whole(stamped), Utf8.whole(bytes.subarray(1))])
  }
