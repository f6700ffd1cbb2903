/**
 * An envelope: the body of a request to Sentry. It is a header line, then items.
 *
 *     envelope = header "\n" *( item )
 *     item     = header "\n" payload ( "\n" | end )
 *
 * Source: `develop-docs/sdk/foundations/transport/envelopes.mdx` of getsentry/sentry-docs;
 * `relay-server/src/envelope/mod.rs` of getsentry/relay.
 *
 * Law: `decode(encode(envelope))` gives the same envelope.
 *
 * @example
 * ```ts
 * import * as Envelope from '@sentry-exporter/envelope/Envelope'
 * import * as Item from '@sentry-exporter/envelope/Item'
 *
 * const bytes = Envelope.encode({ header: {}, items: [Item.json('event', { level: 'info' })] })
 * const decoded = Envelope.decode(bytes)
 * console.log(bytes.length) // 49
 * if (decoded._tag === 'Right') console.log(decoded.right.items[0]?.header) // { type: 'event' }
 * ```
 */
import * as E from '#fp-ts/Either'
import type { EnvelopeError } from './EnvelopeError.ts'
import type * as Item from './Item.ts'
import type { TraceHeader } from './TraceHeader.ts'
import * as Utf8 from './Utf8.ts'
import * as WellFormed from './WellFormed.ts'

// model

/** Unknown headers are kept as they are. */
export interface EnvelopeHeader {
  readonly event_id?: string
  readonly trace?: TraceHeader | undefined
  readonly [key: string]: unknown
}

export interface Envelope<A extends Item.Content = Uint8Array> {
  readonly header: EnvelopeHeader
  readonly items: ReadonlyArray<Item.Item<A>>
}

const NEW_LINE = 0x0a

// encoding

/** Each item header gets the `length` of its payload in bytes, so that any payload is decoded exactly. */
export const encode = ({ header, items }: Envelope<Item.Content>): Uint8Array<ArrayBuffer> =>
  join([], `${WellFormed.stringify(header)}\n`, items)

/** The bytes of an envelope with another item at its end. The given bytes are not changed. */
export const append =
  (item: Item.Item<Item.Content>) =>
  (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
    join([Utf8.whole(bytes)], bytes[bytes.length - 1] === NEW_LINE ? '' : '\n', [item])

/** The bytes of an envelope with another header. Bytes without a readable header stay as they are. */
export const mapHeader =
  (change: (header: EnvelopeHeader) => EnvelopeHeader) =>
  (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
    const { bytes: line, next } = lineAt(bytes, 0)
    const header = object(line)
    if (header === undefined) return bytes
    const changed = Utf8.encode(`${WellFormed.stringify(change(header))}\n`)
    return Utf8.join([Utf8.whole(changed), Utf8.whole(bytes.subarray(next))])
  }

const join = (
  parts: Array<Utf8.Part>,
  start: string,
  items: ReadonlyArray<Item.Item<Item.Content>>,
): Uint8Array<ArrayBuffer> => {
  let text = start
  for (const { header, payload } of items) {
    const headerAt = parts.push('') - 1
    const length = pushContent(parts, payload)
    // hot: the length is added to the text, since copying an object with a further field is slow in V8.
    parts[headerAt] = `${text}${WellFormed.stringify(header).slice(0, -1)},"length":${length}}\n`
    text = '\n'
  }
  parts.push(text)
  return Utf8.join(parts)
}

/** Returns the bytes of the payload. */
const pushContent = (parts: Array<Utf8.Part>, payload: Item.Content): number => {
  if (payload instanceof Uint8Array) {
    parts.push(Utf8.whole(payload))
    return payload.length
  }
  let length = 0
  for (const part of payload) {
    const slice = Utf8.slice(part)
    length += Utf8.lengthOf(slice)
    parts.push(slice)
  }
  return length
}

// decoding

/** Decodes an envelope. The payload of an item without `length` ends at the next line break. */
export const decode = (bytes: Uint8Array): E.Either<EnvelopeError, Envelope> => {
  const head = lineAt(bytes, 0)
  const header = object(head.bytes)
  if (header === undefined) return E.left({ _tag: 'BadHeader', part: 'envelope', at: 0 })
  const items: Array<Item.Item> = []
  let at = head.next
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === NEW_LINE) end--
  while (at < end) {
    const read = itemAt(bytes, at)
    if (E.isLeft(read)) return read
    items.push(read.right.item)
    at = read.right.next
  }
  return E.right({ header, items })
}

interface ReadItem {
  readonly item: Item.Item
  readonly next: number
}

const itemAt = (bytes: Uint8Array, at: number): E.Either<EnvelopeError, ReadItem> => {
  const head = lineAt(bytes, at)
  const fields = object(head.bytes)
  if (fields === undefined) return E.left({ _tag: 'BadHeader', part: 'item', at })
  const { length, type, ...others } = fields
  if (typeof type !== 'string') return E.left({ _tag: 'NoType', at })
  const header = { type, ...others }
  const start = head.next
  if (length === undefined) {
    const payload = lineAt(bytes, start)
    return E.right({ item: { header, payload: payload.bytes }, next: payload.next })
  }
  const size = Number.isInteger(length) ? Number(length) : -1
  if (size < 0) return E.left({ _tag: 'BadLength', at })
  const end = start + size
  if (end > bytes.length) {
    return E.left({ _tag: 'Truncated', at: start, missing: end - bytes.length })
  }
  if (end < bytes.length && bytes[end] !== NEW_LINE) return E.left({ _tag: 'Overlong', at: start })
  return E.right({ item: { header, payload: bytes.subarray(start, end) }, next: end + 1 })
}

const lineAt = (
  bytes: Uint8Array,
  at: number,
): { readonly bytes: Uint8Array; readonly next: number } => {
  const found = bytes.indexOf(NEW_LINE, at)
  const end = found < 0 ? bytes.length : found
  return { bytes: bytes.subarray(at, end), next: end + 1 }
}

const object = (bytes: Uint8Array): Record<string, unknown> | undefined => {
  const parsed = E.tryCatch(
    (): unknown => JSON.parse(Utf8.decode(bytes)),
    () => undefined,
  )
  return E.isRight(parsed) && isObject(parsed.right) ? parsed.right : undefined
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
