/**
 * A local server in place of Sentry: receives envelopes over HTTP as Sentry does, decodes them, passes them to a callback, and
 * shows them in a browser. It listens on 127.0.0.1 only.
 *
 * @example
 * ```ts no-run
 * import { Sink } from '@sentry-exporter/cli'
 *
 * const sink = await Sink.open({
 *   port: 0,
 *   onEnvelope: ({ items }) => console.log(items.map(({ header }) => header.type)),
 *   page: () => 'a sink for tests',
 * })
 * console.log(`SENTRY_DSN=${sink.dsn}`)
 * await sink.close()
 * ```
 */
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as E from '#fp-ts/Either'
import * as Audience from './sink/Audience.ts'
import * as EventIds from './sink/EventIds.ts'
import * as Local from './sink/Local.ts'
import * as Reply from './sink/Reply.ts'
import { PUBLIC_KEY, takeEnvelope, takeLines } from './sink/takeEnvelope.ts'
import * as Viewer from './sink/Viewer.ts'
import * as ViewerEnvelope from './sink/ViewerEnvelope.ts'

// model

export interface SinkOptions {
  /** The port to try first. If it is taken, or 0, any free one is used. */
  readonly port: number
  /** Makes a taken port an error. */
  readonly isPortFixed?: boolean
  readonly onEnvelope: (envelope: Envelope.Envelope) => void
  /** Receives an envelope whose event id came before, in place of `onEnvelope`. Sentry usually drops it. */
  readonly onRepeated?: ((envelope: Envelope.Envelope) => void) | undefined
  /** The text that a browser shows if there is no viewer. */
  readonly page: () => string
  /** The page that a browser shows. */
  readonly viewer?: Viewer.Viewer | undefined
}

export interface Sink {
  /** `http://127.0.0.1:PORT/`. */
  readonly url: string
  /** The DSN of this sink. */
  readonly dsn: string
  /** Whether a browser shows the viewer, or only the text of `page`. */
  readonly hasViewer: boolean
  /** Requests to Sentry's API (`/api/`) that were answered with an error. */
  readonly refused: () => number
  /** Envelopes whose event id came before. */
  readonly repeated: () => number
  readonly close: () => Promise<void>
}

/** The limits of the envelopes that are kept for pages that open later. */
const KEPT = { entries: 2000, bytes: 64 * 1024 * 1024 }

const BASE = 'http://sink'

const ENVELOPE_PATH = /^\/api\/\d+\/envelope\/?$/

// constructors

/** The viewer of the package `@spotlightjs/spotlight`, if it is installed. */
export const installedViewer = (): Viewer.Viewer | undefined => Viewer.find()

/** Resolves when the server listens. Rejects if it cannot listen. */
export const open = async (options: SinkOptions): Promise<Sink> => {
  let refused = 0
  const isRepeated = EventIds.remember()
  let repeated = 0
  const onRepeated = (envelope: Envelope.Envelope): void => {
    repeated++
    options.onRepeated?.(envelope)
  }
  const audience = Audience.of({
    limits: KEPT,
    session: randomBytes(4).toString('hex'),
    event: 'application/x-sentry-envelope',
  })
  const server = createServer((request, response) => {
    answer(request, { ...options, onRepeated }, { audience, isRepeated }).then(
      (reply) => {
        if (reply === 'stream') return stream(request, response, audience)
        const isOfApi = request.url?.startsWith('/api/') === true
        if (reply.status >= 400 && isOfApi) refused++
        Reply.respond(response, reply, isOfApi ? Local.crossOriginHeaders(request.headers) : {})
      },
      () => {
        // The client closed the connection during the request.
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
    const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES'
    if (!isTaken || options.isPortFixed === true) throw error
    return listen(0)
  })
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    dsn: `http://${PUBLIC_KEY}@127.0.0.1:${port}/1`,
    hasViewer: options.viewer !== undefined,
    refused: () => refused,
    repeated: () => repeated,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Received {
  readonly audience: Audience.Audience
  readonly isRepeated: (eventId: string | undefined) => boolean
}

const answer = async (
  request: IncomingMessage,
  options: SinkOptions,
  { audience, isRepeated }: Received,
): Promise<Reply.Reply | 'stream'> => {
  if (!Local.isLocalHost(request.headers.host) || !Local.isLocalOrigin(request.headers.origin)) {
    return Reply.json(403, { detail: 'only for this machine' })
  }
  if (!URL.canParse(request.url ?? '/', BASE)) return Reply.json(400, { detail: 'bad path' })
  const { pathname, searchParams } = new URL(request.url ?? '/', BASE)
  switch (request.method) {
    case 'GET':
      if (options.viewer === undefined) return Reply.text(options.page())
      if (pathname !== '/stream') return Viewer.reply(options.viewer, pathname)
      return audience.isFull() ? Reply.json(503, { detail: 'too many pages' }) : 'stream'
    case 'DELETE':
      // The viewer's button for clearing.
      if (pathname !== '/clear') break
      audience.clear()
      return Reply.text('cleared')
    case 'OPTIONS':
      // A browser asks before it sends what a form could not send.
      if (ENVELOPE_PATH.test(pathname)) return Reply.nothing
      break
    case 'PUT':
      // The viewer asks for the lines of source around each frame. The sink has none, so the frames stay as they are.
      if (options.viewer === undefined || pathname !== '/contextlines') break
      return takeLines(request)
    case 'POST': {
      if (!ENVELOPE_PATH.test(pathname)) break
      const envelope = await takeEnvelope(request, searchParams)
      if (E.isLeft(envelope)) return envelope.left
      const id = envelope.right.header.event_id
      if (isRepeated(id)) {
        options.onRepeated?.(envelope.right)
        return Reply.json(200, { id: id ?? null })
      }
      if (options.viewer !== undefined) {
        const { right } = envelope
        audience.publish((id) => ViewerEnvelope.print(right, id), ViewerEnvelope.bytesOf(right))
      }
      options.onEnvelope(envelope.right)
      return Reply.json(200, { id: id ?? null })
    }
  }
  return Reply.json(404, { detail: 'not found' })
}

const stream = (
  request: IncomingMessage,
  response: ServerResponse,
  audience: Audience.Audience,
): void => {
  const lastId = request.headers['last-event-id']
  response.writeHead(200, Reply.headersOf('text/event-stream'))
  audience.join(response, typeof lastId === 'string' ? lastId : undefined)
}
