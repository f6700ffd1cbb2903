/**
 * One item of an envelope: a header and a payload of bytes.
 * Source: `develop-docs/sdk/foundations/transport/envelope-items.mdx` of getsentry/sentry-docs.
 */
import * as Utf8 from './Utf8.ts'
import * as WellFormed from './WellFormed.ts'

// model

/** Further headers of an item are kept as they are. */
export interface ItemHeader {
  readonly type: string
  /** That of the payload is printed, and must not stand there twice: the server's parser refuses that. */
  readonly length?: never
  readonly [key: string]: unknown
}

/** Bytes, or the pieces that they are joined of: an item that is large is copied once, where it is encoded. */
export type Content = Uint8Array | ReadonlyArray<Utf8.Part>

export interface Item<A extends Content = Uint8Array> {
  readonly header: ItemHeader
  readonly payload: A
}

// constructors

/** An item whose payload is a JSON value. */
export const json = (type: string, value: unknown): Item =>
  of(type, Utf8.encode(WellFormed.stringify(value)))

/** An item whose payload was finished elsewhere. */
export const of = <A extends Content>(type: string, payload: A): Item<A> => ({
  header: { type },
  payload,
})

/** With its payload in one piece. */
export const joined = ({ header, payload }: Item<Content>): Item => ({
  header,
  payload: payload instanceof Uint8Array ? payload : Utf8.join(payload.map(Utf8.slice)),
})
