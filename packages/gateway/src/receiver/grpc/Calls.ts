/**
 * The calls under way, as seen from their HTTP/2 streams. The library decompresses only gzip and deflate, and gives handlers neither
 * the encoding of a message nor its size on the wire. So each stream is inspected before the library sees it: its encoding is
 * kept here and replaced by `identity`, and its bytes are counted against the memory of the receiver.
 */
import {
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2'
import type { Metadata } from '@grpc/grpc-js'
import type { OtlpSignal } from '../Accept.ts'
import { encodingName } from '../compression/decompressors.ts'
import type { Budget, Lease } from '../memory/Budget.ts'
import type { Observe, RefusedReason } from '../Observe.ts'
import { signalOfPath } from './services.ts'

// model

interface GrpcCall {
  /** The name of `decompressors` for the messages that are marked as compressed. */
  readonly compression: string
  readonly lease: Lease
  /** Whether the message is marked as compressed. */
  readonly isCompressed: () => boolean
  /** Records why no part of the call was taken. */
  readonly refuse: (reason: RefusedReason) => void
  /** Sets how the call is refused while its message arrives. */
  readonly onNoMemory: (answer: () => void) => void
}

export interface Calls {
  /** Must be called before the library handles the stream. */
  readonly inspect: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void
  /** The call with this metadata. */
  readonly of: (metadata: Metadata) => GrpcCall | undefined
}

/** The header by which the metadata of a call refers to this table. One that a client sends is replaced. */
const ID_HEADER = 'sentry-exporter-call'

const ENCODING_HEADER = 'grpc-encoding'

const CANCELLED = 1
const UNIMPLEMENTED = 12

/** Reasons by the status that the library gives on its own. */
const reasons: ReadonlyMap<number, RefusedReason> = new Map<number, RefusedReason>([
  [CANCELLED, 'aborted'],
  [4, 'timeout'],
  [8, 'too_large'],
  [UNIMPLEMENTED, 'path'],
])

// constructors

export const make = (budget: Budget, observe: Observe): Calls => {
  const calls = new Map<string, GrpcCall>()
  let last = 0
  const inspect = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void => {
    const startMillis = performance.now()
    const id = String(++last)
    const compression = encodingName(headerText(headers[ENCODING_HEADER]))
    headers[ENCODING_HEADER] = 'identity'
    headers[ID_HEADER] = id
    const meter = meterOf(stream, budget.lease())
    let refused: RefusedReason | undefined
    calls.set(id, {
      compression,
      lease: meter.lease,
      isCompressed: meter.isCompressed,
      refuse: (reason) => {
        refused = reason
      },
      onNoMemory: meter.onNoMemory,
    })
    stream.on('close', () => {
      calls.delete(id)
      meter.lease.end()
      const status = stream.aborted ? CANCELLED : statusSent(stream)
      const signal = signalOf(headers)
      observe.request({
        protocol: 'grpc',
        signal,
        bytes: meter.bytes(),
        refused: status === 0 ? undefined : (refused ?? reasonOf(status, signal)),
        status,
        durationMillis: performance.now() - startMillis,
      })
    })
    closeAfterAnswer(stream)
  }
  return {
    inspect,
    of: (metadata) => calls.get(headerText(metadata.get(ID_HEADER)[0]) ?? ''),
  }
}

const headerText = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined

const signalOf = (headers: IncomingHttpHeaders): OtlpSignal | undefined =>
  signalOfPath(headerText(headers[constants.HTTP2_HEADER_PATH]) ?? '')

const reasonOf = (status: number, signal: OtlpSignal | undefined): RefusedReason => {
  // The library answers a known method without a message, or with two, as an unknown one.
  if (status === UNIMPLEMENTED && signal !== undefined) return 'malformed'
  return reasons.get(status) ?? 'internal'
}

interface Meter {
  readonly lease: Lease
  readonly bytes: () => number
  readonly isCompressed: () => boolean
  readonly onNoMemory: GrpcCall['onNoMemory']
}

/** Counts the bytes that arrive. A call for which there is no memory is answered at once: the library collects messages. */
const meterOf = (stream: ServerHttp2Stream, lease: Lease): Meter => {
  let bytes = 0
  let isCompressed = false
  let refuse: (() => void) | undefined
  stream.on('data', (chunk: Uint8Array) => {
    // A message begins with a byte that is 1 if it is compressed: github.com/grpc/grpc, `doc/PROTOCOL-HTTP2.md`.
    if (bytes === 0) isCompressed = chunk[0] === 1
    bytes += chunk.length
    if (stream.headersSent || stream.closed || lease.take(chunk.length)) return
    refuse?.()
  })
  return {
    lease,
    bytes: () => bytes,
    isCompressed: () => isCompressed,
    onNoMemory: (answer) => {
      refuse = answer
    },
  }
}

/** A client that is still sending is asked to stop: RFC 9113, section 8.1. */
const closeAfterAnswer = (stream: ServerHttp2Stream): void => {
  stream.on('finish', () => {
    setImmediate(() => {
      if (!stream.closed && !stream.readableEnded) stream.close(constants.NGHTTP2_NO_ERROR)
    })
  })
}

/** Of the answer; `CANCELLED` if the call ended without one. */
const statusSent = (stream: ServerHttp2Stream): number => {
  // The types of Node omit that both are undefined before anything was sent.
  const sent: ReadonlyArray<OutgoingHttpHeaders | undefined> = [
    stream.sentTrailers,
    stream.sentHeaders,
  ]
  const status = sent.map((headers) => headers?.['grpc-status']).find((one) => one !== undefined)
  return status === undefined ? CANCELLED : Number(status)
}
