/**
 * An envelope as the page of the viewer reads it: `[header, [[item header, payload], ...]]`, each payload with the type of its
 * item. What the page expects was read from its own files, version 4.11.8.
 */
import type { Envelope } from '@sentry-exporter/envelope/Envelope'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as E from '#fp-ts/Either'

// destructors

/** One line of JSON. The page tells envelopes apart by the given id. */
export const print = ({ header, items }: Envelope, id: string): string =>
  JSON.stringify([
    { ...header, __spotlight_envelope_id: id },
    items.map((item) => [item.header, payloadOf(item.header.type, item.payload)]),
  ])

/** What an envelope takes in memory, about: its payloads, and something for each header. */
export const bytesOf = ({ items }: Envelope): number =>
  items.reduce((sum, { payload }) => sum + payload.length + HEADER_BYTES, HEADER_BYTES)

const HEADER_BYTES = 500

/** A payload that is no JSON object (an attachment, a recording) is shown as its bytes. */
const payloadOf = (type: string, payload: Uint8Array): unknown => {
  const parsed = E.tryCatch(
    (): unknown => JSON.parse(Utf8.decode(payload)),
    () => undefined,
  )
  const value = E.isRight(parsed) ? parsed.right : undefined
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ...value, type }
    : { type, data: Buffer.from(payload).toString('base64') }
}
