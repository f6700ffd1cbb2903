/**
 * An envelope in the format of the viewer's page: `[header, [[item header, payload], ...]]`, each payload with the type of its
 * item. Source: the files of @spotlightjs/spotlight 4.11.8.
 */
import type { Envelope } from '@sentry-exporter/envelope/Envelope'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as E from '#fp-ts/Either'

/** About what a header takes in memory. */
const HEADER_BYTES = 500

// encoding

/**
 * One line of JSON. The page identifies envelopes by an id of which it shows the beginning: the id of the event, or the number
 * in the given id (`session-number`). The given id keeps envelopes of one event apart.
 */
export const print = ({ header, items }: Envelope, id: string): string =>
  JSON.stringify([
    {
      ...header,
      __spotlight_envelope_id: `${header.event_id ?? id.split('-').reverse().join('-')}-${id}`,
    },
    items.map((item) => [item.header, payloadOf(item.header.type, item.payload)]),
  ])

/** About what an envelope takes in memory: its payloads and headers. */
export const bytesOf = ({ items }: Envelope): number =>
  items.reduce((sum, { payload }) => sum + payload.length + HEADER_BYTES, HEADER_BYTES)

/** A payload that is not a JSON object (an attachment, a recording) is shown as base64. */
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
