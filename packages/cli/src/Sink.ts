/**
 * A small stand-in for Sentry on this machine: takes envelopes over HTTP as Sentry does, reads them, and tells what
 * came. It listens on 127.0.0.1 only.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as EnvelopeError from '@sentry-exporter/envelope/EnvelopeError'
import * as E from '#fp-ts/Either'

// model

export interface SinkOptions {
  /** The port to try first; if it is taken, or 0, any free one. */
  readonly port: number
  readonly onEnvelope: (envelope: Envelope.Envelope) => void
  /** What a person reads who opens the sink in a browser. */
  readonly page: () => string
}

export interface Sink {
  /** `http://127.0.0.1:PORT/`. */
  readonly url: string
  /** A DSN that leads here. */
  readonly dsn: string
  /** Requests that were answered with an error. */
  readonly refused: () => number
  readonly close: () => Promise<void>
}

// constructors

/** Listens before it resolves. A taken port is not an error. */
export const open = async (options: SinkOptions): Promise<Sink> => {
  let refused = 0
  const server = createServer((request, response) => {
    answer(request, options).then(
      (reply) => {
        if (reply.status >= 400) refused++
        respond(response, reply)
      },
      () => {
        // The client went away in the middle: there is nobody to answer.
        refused++
        response.destroy()
      },
    )
  })
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.removeListener('error', reject)
        resolve()
      })
    })
  await listen(options.port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error
    return listen(0)
  })
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    dsn: `http://${PUBLIC_KEY}@127.0.0.1:${port}/1`,
    refused: () => refused,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const PUBLIC_KEY = '0123456789abcdef0123456789abcdef'

/** `relay-config/src/config.rs` of getsentry/relay: the largest envelope is 200 MiB; this one holds less in memory. */
const MOST_BYTES = 32 * 1024 * 1024

interface Reply {
  readonly status: number
  readonly body: string
  readonly type: 'application/json' | 'text/plain; charset=utf-8'
}

const json = (status: number, value: unknown): Reply => ({
  status,
  body: JSON.stringify(value),
  type: 'application/json',
})

const answer = async (request: IncomingMessage, options: SinkOptions): Promise<Reply> => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sink')
  if (request.method === 'GET') {
    return { status: 200, body: options.page(), type: 'text/plain; charset=utf-8' }
  }
  if (request.method !== 'POST' || !/^\/api\/\d+\/envelope\/?$/.test(pathname)) {
    return json(404, { detail: 'not found' })
  }
  const auth = `${request.headers['x-sentry-auth'] ?? ''},sentry_key=${searchParams.get('sentry_key') ?? ''}`
  if (!auth.includes(`sentry_key=${PUBLIC_KEY}`))
    return json(401, { detail: 'no valid sentry_key' })
  const body = await bodyOf(request)
  if (body === undefined) return json(413, { detail: 'too large' })
  const decoded = Envelope.decode(body)
  if (E.isLeft(decoded)) return json(400, { detail: EnvelopeError.show(decoded.left) })
  options.onEnvelope(decoded.right)
  return json(200, { id: decoded.right.header.event_id ?? null })
}

const bodyOf = async (request: IncomingMessage): Promise<Uint8Array | undefined> => {
  const chunks: Array<Uint8Array> = []
  let length = 0
  for await (const chunk of request) {
    length += chunk.length
    if (length <= MOST_BYTES) chunks.push(chunk)
  }
  if (length > MOST_BYTES) return undefined
  const body = Buffer.concat(chunks)
  return request.headers['content-encoding'] === 'gzip'
    ? unzip(body, { maxOutputLength: MOST_BYTES }).catch(() => undefined)
    : body
}

const unzip = promisify(gunzip)

const respond = (response: ServerResponse, { status, body, type }: Reply): void => {
  response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' })
  response.end(body)
}
