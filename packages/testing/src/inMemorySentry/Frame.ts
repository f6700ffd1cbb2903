/**
 * An envelope as Sentry reads its bytes. Shares no code with the package that writes them.
 * Source: `relay-server/src/envelope/mod.rs` of getsentry/relay.
 */
import * as E from '#fp-ts/Either'
import * as Fields from './Fields.ts'
import * as RepeatedKeys from './RepeatedKeys.ts'
import * as Timestamp from './Timestamp.ts'
import type { Refusal } from './Verdict.ts'

// model

export interface FramedItem {
  readonly type: string
  readonly header: Fields.Fields
  readonly payload: Uint8Array
}

export interface Frame {
  readonly header: Fields.Fields
  readonly items: ReadonlyArray<FramedItem>
}

// decoding

/** Every line of a header is a JSON object and nothing else; a length is exact. */
export const read = (bytes: Uint8Array): E.Either<Refusal, Frame> => {
  const first = lineAt(bytes, 0)
  const header = headerOf(first.line)
  if (header === undefined || !isEnvelopeHeader(header)) return E.left('envelope-header')
  const items: Array<FramedItem> = []
  for (let at = first.next; at < bytes.length; ) {
    const line = lineAt(bytes, at)
    const fields = headerOf(line.line)?.fields
    const type = fields?.['type']
    if (fields === undefined || typeof type !== 'string') return E.left('item-header')
    const end = payloadEnd(bytes, line.next, fields['length'])
    if (end === undefined) return E.left('item-length')
    items.push({ type, header: fields, payload: bytes.subarray(line.next, end) })
    at = end + 1
  }
  return E.right({ header: header.fields, items })
}

interface Header {
  readonly fields: Fields.Fields
  readonly text: string
}

const headerOf = (line: Uint8Array): Header | undefined => {
  const parsed = Fields.parse(line)
  if (parsed === undefined || !Fields.isFields(parsed.value)) return undefined
  const { value, text } = parsed
  return /\s$/.test(text) || Fields.hasLoneSurrogate(text) ? undefined : { fields: value, text }
}

const isEnvelopeHeader = ({ fields, text }: Header): boolean =>
  (Fields.isAbsent(fields['event_id']) || Fields.isUuid(fields['event_id'])) &&
  (Fields.isAbsent(fields['sent_at']) ||
    (typeof fields['sent_at'] === 'string' && Timestamp.read(fields['sent_at'])._tag === 'At')) &&
  !RepeatedKeys.pathsOf(text).includes('sent_at')

const payloadEnd = (bytes: Uint8Array, start: number, length: unknown): number | undefined => {
  if (Fields.isAbsent(length)) return lineAt(bytes, start).next - 1
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 0) return undefined
  const end = start + length
  return end > bytes.length || (end < bytes.length && bytes[end] !== NEW_LINE) ? undefined : end
}

const NEW_LINE = 0x0a

const lineAt = (
  bytes: Uint8Array,
  at: number,
): { readonly line: Uint8Array; readonly next: number } => {
  const found = bytes.indexOf(NEW_LINE, at)
  const end = found === -1 ? bytes.length : found
  return { line: bytes.subarray(at, end), next: end + 1 }
}
