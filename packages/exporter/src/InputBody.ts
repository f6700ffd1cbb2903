/**
 * Reads what a caller gives as the body of a request: text, bytes of any kind, an object with a method `arrayBuffer`
 * (a `Blob`, a `Request`), or a value that was parsed already. Bytes may be compressed with gzip. Never throws and never rejects:
 * what cannot be read is an input with one unread request.
 *
 * @example
 * ```ts
 * import { InputBody } from '@sentry-exporter/exporter'
 *
 * const read = await InputBody.read(new TextEncoder().encode('{"resourceSpans":[]}'))
 * console.log(read.batch.spans.length, read.unread.length) // 0 0
 * const other = await InputBody.read(null)
 * console.log(other.unread.length) // 1
 * ```
 */
import { checkBatch, isBatch } from '@sentry-exporter/core/pipeline'
import * as DecodeError from '@sentry-exporter/otlp/DecodeError'
import * as OtlpBytes from '@sentry-exporter/otlp/OtlpBytes'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type { ReadBytes, ReadInput } from './describeBytes.ts'
import { type Gunzipped, gunzip, isGzip } from './gunzip.ts'

// model

/** Something whose bytes are read later. */
export interface BlobLike {
  readonly arrayBuffer: () => Promise<ArrayBufferLike>
}

/** All that is read. A parsed object is a request of OTLP with the types of its JSON. */
export type InputBody = string | ArrayBufferLike | ArrayBufferView | BlobLike | object

// decoding

/** Reads at once what needs no waiting: text, bytes and parsed values. */
export const read = (
  body: unknown,
  encoding?: OtlpBytes.Encoding,
  readBytes: ReadBytes = OtlpBytes.parse,
): ReadInput | Promise<ReadInput> =>
  // Getters and proxies of a caller may throw.
  attempt(() => {
    if (typeof body === 'string') return settled(OtlpInput.parse(body))
    const bytes = bytesOf(body)
    if (bytes !== undefined) return ofBytes(bytes, encoding, readBytes)
    if (isBlobLike(body)) {
      return body.arrayBuffer().then(
        (buffer) => read(bytesOf(buffer), encoding, readBytes),
        (error) => unreadable(error),
      )
    }
    const isEmptyInstance =
      typeof body === 'object' && body !== null && !isPlain(body) && Object.keys(body).length === 0
    return settled(
      isEmptyInstance
        ? E.left(DecodeError.notOtlp(`an object of the class ${classOf(body)}`))
        : OtlpInput.decode(body),
    )
  })

/** Spans that were decoded or made by the caller. Those that are none are among the rejected, with their places. */
export const ofBatch = (batch: unknown): OtlpInput.OtlpInput =>
  attempt(() =>
    isBatch(batch)
      ? { ...OtlpInput.empty, batch: checkBatch(batch) }
      : unreadable(new Error('expected { spans, rejected, repairs }')),
  )

const ofBytes = (
  bytes: Uint8Array,
  encoding: OtlpBytes.Encoding | undefined,
  readBytes: ReadBytes,
): ReadInput | Promise<ReadInput> => {
  if (!isGzip(bytes)) return settled(readBytes(bytes, encoding))
  return gunzip(bytes).then(ofGunzipped(encoding, readBytes), unreadable)
}

/** The bytes before an error are read. */
const ofGunzipped =
  (encoding: OtlpBytes.Encoding | undefined, readBytes: ReadBytes) =>
  ({ bytes, problem }: Gunzipped): ReadInput => {
    const read = readBytes(bytes, encoding)
    if (problem === undefined) return settled(read)
    const lost = OtlpInput.ofError(
      DecodeError.mismatch({
        path: 'request',
        expected: 'data compressed with gzip',
        actual: problem,
      }),
    )
    if (E.isLeft(read)) return lost
    const { described } = read.right
    return { ...OtlpInput.concatAll([read.right, lost]), described }
  }

/** The bytes of a buffer or of any view of one. Shared memory is copied, since a decoder may refuse it. */
const bytesOf = (body: unknown): Uint8Array | undefined => {
  if (ArrayBuffer.isView(body)) {
    const bytes =
      body instanceof Uint8Array
        ? body
        : new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
    return classOf(body.buffer) === 'SharedArrayBuffer' ? new Uint8Array(bytes) : bytes
  }
  switch (classOf(body)) {
    case 'ArrayBuffer':
      // The tag is that of its type.
      return new Uint8Array(body as ArrayBuffer)
    case 'SharedArrayBuffer':
      // As above. The inner array is a view of the shared memory, the outer one a copy.
      return new Uint8Array(new Uint8Array(body as SharedArrayBuffer))
    default:
      return undefined
  }
}

/** `ArrayBuffer`, `Map`, `Promise`: also for objects of another realm. */
const classOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1)

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === null || prototype === Object.prototype
}

const isBlobLike = (value: unknown): value is BlobLike =>
  typeof value === 'object' &&
  value !== null &&
  'arrayBuffer' in value &&
  typeof value.arrayBuffer === 'function'

const settled = (read: E.Either<DecodeError.DecodeError, ReadInput>): ReadInput =>
  pipe(read, E.getOrElse(OtlpInput.ofError))

const attempt = <A>(run: () => A): A | OtlpInput.OtlpInput =>
  pipe(E.tryCatch(run, unreadable), E.toUnion)

const unreadable = (error: unknown): OtlpInput.OtlpInput =>
  OtlpInput.ofError(
    DecodeError.notOtlp(
      `a body that cannot be read: ${error instanceof Error ? error.message : typeof error}`,
    ),
  )
