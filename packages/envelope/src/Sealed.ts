/**
 * An envelope ready to be sent: its bytes, and all that delivery must know without reading them. The bytes hold no
 * `sent_at`: that is stamped on at each attempt, since a stale one makes the server shift every time in it.
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
  /** One for each envelope: what limits of the server hold it back. */
  readonly category: Category
  /** What is lost if it is: counts by category, for client reports. */
  readonly lossesIfDropped: ReadonlyArray<readonly [Category, number]>
  /** The number of input spans in the envelope, without synthetic roots; `undefined` if they are not counted. */
  readonly spans?: number | undefined
  /**
   * Identifies the envelopes of one export call: they share this object, which is compared by identity only. A queue that
   * accepts the first envelope of a batch accepts the others too. `undefined` for an envelope on its own.
   */
  readonly batch?: object | undefined
}

export interface Sealed extends EnvelopeMeta {
  readonly bytes: Uint8Array<ArrayBuffer>
}

// constructors

/** A header and nothing else: for what is appended, and to see whether a server takes anything. */
export const bare = (dsn: Dsn): Sealed =>
  seal(
    { dsn, eventId: undefined, category: 'internal', lossesIfDropped: [] },
    { header: {}, items: [] },
  )

export const seal = (about: EnvelopeMeta, envelope: Envelope.Envelope<Item.Content>): Sealed => ({
  ...about,
  bytes: Envelope.encode(envelope),
})

// combinators

/** The same with one more item. The bytes that were there are not changed: others may hold them too. */
export const append =
  (item: Item.Item<Item.Content>) =>
  <A extends Sealed>(sealed: A): A => ({ ...sealed, bytes: Envelope.append(item)(sealed.bytes) })

// encoding

/** The bytes with the time of sending as the first field of their header. Milliseconds since 1970. */
export const stamp =
  (nowMillis: number) =>
  ({ bytes }: Sealed): Uint8Array<ArrayBuffer> => {
    const separator = bytes[1] === CLOSING_BRACE ? '' : ','
    const stamped = Utf8.encode(`{"sent_at":"${new Date(nowMillis).toISOString()}"${separator}`)
    return Utf8.join([Utf8.whole(stamped), Utf8.whole(bytes.subarray(1))])
  }

const CLOSING_BRACE = 0x7d
