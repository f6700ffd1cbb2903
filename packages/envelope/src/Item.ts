/**
 * One item of an envelope: a header and a payload of bytes.
 * Source: `develop-docs/sdk/foundations/transport/envelope-items.mdx` of getsentry/sentry-docs.
 *
 * @example
 * ```ts
 * import * as Item from '@sentry-exporter/envelope/Item'
 *
 * const item = Item.json('event', { level: 'info' })
 * console.log(item.header, item.payload.length) // { type: 'event' } 16
 * ```
 */
import * as Utf8 from './Utf8.ts'
import * as WellFormed from './WellFormed.ts'

// model

/** Unknown headers are kept as they are. */
export interface ItemHeader {
  readonly type: string
  /** The encoder adds it. The server's parser refuses a header with two. */
  readonly length?: never
  readonly [key: string]: unknown
}

/** Bytes, or pieces that the encoder joins, so that a large payload is copied only once. */
export type Content = Uint8Array | ReadonlyArray<Utf8.Part>

export interface Item<A extends Content = Uint8Array> {
  readonly header: ItemHeader
  readonly payload: A
}

// constructors

/** An item whose payload is a JSON value. */
export const json = (type: string, value: unknown): Item =>
  of(type, Utf8.encode(WellFormed.stringify(value)))

/** An item with an encoded payload. */
export const of = <A extends Content>(type: string, payload: A): Item<A> => ({
  header: { type },
  payload,
})

// transformations

/** The item with its payload in one piece. */
export const joined = ({ header, payload }: Item<Content>): Item => ({
  header,
  payload: payload instanceof Uint8Array ? payload : Utf8.join(payload.map(Utf8.slice)),
})
