/**
 * One item of an envelope: a header and a payload of bytes.
 * Source: `develop-docs/sdk/foundations/transport/envelope-items.mdx` of getsentry/sentry-docs.
 */
import * as Utf8 from './Utf8.ts'
import * as WellFormed from './WellFormed.ts'

// model

/** Further headers of an item are kept as they are. `length` is not among them: it is the payload's. */
export interface ItemHeader {
  readonly type: string
  readonly [key: string]: unknown
}

export interface Item {
  readonly header: ItemHeader
  readonly payload: Uint8Array
}

// constructors

/** An item whose payload is a JSON value. */
export const json = (type: string, value: unknown): Item => ({
  header: { type },
  payload: Utf8.encode(WellFormed.stringify(value)),
})

/** An item whose payload was finished elsewhere. */
export const bytes = (type: string, payload: Uint8Array): Item => ({ header: { type }, payload })
