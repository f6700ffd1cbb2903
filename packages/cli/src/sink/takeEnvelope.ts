/** Reads the envelope of a request as Sentry does: checks authentication, size and format. */
import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as EnvelopeError from '@sentry-exporter/envelope/EnvelopeError'
import * as E from '#fp-ts/Either'
import * as Reply from './Reply.ts'

// model

/** The public key of the only DSN of a sink. It is not a secret; it keeps out requests for other projects. */
export const PUBLIC_KEY = '0123456789abcdef0123456789abcdef'

/** Relay takes envelopes up to 200 MiB (`relay-config/src/config.rs` of getsentry/relay). The sink holds them in memory. */
const MAX_BYTES = 32 * 1024 * 1024

// decoding

/** The envelope, or the answer that refuses the request. */
export const takeEnvelope = async (
  request: IncomingMessage,
  query: URLSearchParams,
): Promise<E.Either<Reply.Reply, Envelope.Envelope>> => {
  const auth = `${request.headers['x-sentry-auth'] ?? ''},sentry_key=${query.get('sentry_key') ?? ''}`
  if (!auth.includes(`sentry_key=${PUBLIC_KEY}`)) {
    return E.left(Reply.json(401, { detail: 'no valid sentry_key' }))
  }
  const body = await bodyOf(request)
  if (body === undefined) return E.left(Reply.json(413, { detail: 'too large' }))
  const decoded = Envelope.decode(body)
  return E.isLeft(decoded)
    ? E.left(Reply.json(400, { detail: EnvelopeError.show(decoded.left) }))
    : decoded
}

/** Answers a stack trace with the same stack trace: the page replaces its own by the answer. */
export const takeLines = async (request: IncomingMessage): Promise<Reply.Reply> => {
  const body = await bodyOf(request)
  return body === undefined
    ? Reply.json(413, { detail: 'too large' })
    : { status: 200, type: 'application/json', body }
}

const bodyOf = async (request: IncomingMessage): Promise<Uint8Array | undefined> => {
  const chunks: Array<Uint8Array> = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length <= MAX_BYTES) chunks.push(chunk)
  }
  if (length > MAX_BYTES) return undefined
  const body = Buffer.concat(chunks)
  return request.headers['content-encoding'] === 'gzip'
    ? unzip(body, { maxOutputLength: MAX_BYTES }).catch(() => undefined)
    : body
}

const unzip = promisify(gunzip)
