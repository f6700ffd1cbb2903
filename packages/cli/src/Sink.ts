/**
 * A small stand-in for Sentry on this machine: takes envelopes over HTTP as Sentry does, reads them, tells what came, and
 * shows it in a browser. It listens on 127.0.0.1 only.
 */
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as E from '#fp-ts/Either'
import * as Audience from './sink/Audience.ts'
import { isLocalHost, isLocalOrigin } from './sink/Local.ts'
import * as Reply from './sink/Reply.ts'
import { PUBLIC_KEY, takeEnvelope } from './sink/takeEnvelope.ts'
import * as Viewer from './sink/Viewer.ts'
import * as ViewerEnvelope from './sink/ViewerEnvelope.ts'

// model

export interface SinkOptions {
  /** The port to try first; if it is taken, or 0, any free one. */
  readonly port: number
  /** Whether a taken port is an error instead. */
  readonly isPortFixed?: boolean
  readonly onEnvelope: (envelope: Envelope.Envelope) => void
  /** What a person reads who opens the sink in a browser, where there is no viewer. */
  readonly page: () => string
  /** What a person sees who opens the sink in a browser. */
  readonly viewer?: Viewer.Viewer | undefined
}

export interface Sink {
  /** `http://127.0.0.1:PORT/`. */
  readonly url: string
  /** A DSN that leads here. */
  readonly dsn: string
  /** Whether a browser sees the viewer there, or only the lines of `page`. */
  readonly hasViewer: boolean
  /** Requests to the part of Sentry that was stood in for (`/api/`) that were answered with an error. */
  readonly refused: () => number
  readonly close: () => Promise<void>
}

// constructors

/** The viewer whose package is installed (`@spotlightjs/spotlight`), if it is. */
export const installedViewer = (): Viewer.Viewer | undefined => Viewer.find()

/** Listens before it resolves. A taken port is not an error, unless it is fixed. */
export const open = async (options: SinkOptions): Promise<Sink> => {
  let refused = 0
  const audience = Audience.of({
    limits: KEPT,
    session: randomBytes(4).toString('hex'),
    event: 'application/x-sentry-envelope',
  })
  const server = createServer((request, response) => {
    answer(request, options, audience).then(
      (reply) => {
        if (reply === 'stream') return stream(request, response, audience)
        if (reply.status >= 400 && request.url?.startsWith('/api/') === true) refused++
        Reply.respond(response, reply)
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
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** For browsers that open late. */
const KEPT = { entries: 2000, bytes: 64 * 1024 * 1024 }

const answer = async (
  request: IncomingMessage,
  options: SinkOptions,
  audience: Audience.Audience,
): Promise<Reply.Reply | 'stream'> => {
  if (!isLocalHost(request.headers.host) || !isLocalOrigin(request.headers.origin)) {
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
      // The viewer's button that clears all.
      if (pathname !== '/clear') break
      audience.forget()
      return Reply.text('cleared')
    case 'POST': {
      if (!/^\/api\/\d+\/envelope\/?$/.test(pathname)) break
      const envelope = await takeEnvelope(request, searchParams)
      if (E.isLeft(envelope)) return envelope.left
      if (options.viewer !== undefined) {
        const { right } = envelope
        audience.tell((id) => ViewerEnvelope.print(right, id), ViewerEnvelope.bytesOf(right))
      }
      options.onEnvelope(envelope.right)
      return Reply.json(200, { id: envelope.right.header.event_id ?? null })
    }
  }
  return Reply.json(404, { detail: 'not found' })
}

const BASE = 'http://sink'

const stream = (
  request: IncomingMessage,
  response: ServerResponse,
  audience: Audience.Audience,
): void => {
  const lastId = request.headers['last-event-id']
  response.writeHead(200, Reply.headersOf('text/event-stream'))
  audience.join(response, typeof lastId === 'string' ? lastId : undefined)
}
