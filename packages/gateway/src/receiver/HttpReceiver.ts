/**
 * OTLP over HTTP: JSON and protobuf, in the compressions of the Collector. It answers in the encoding of the request; errors are a
 * `google.rpc.Status`. Source: opentelemetry.io/docs/specs/otlp, "OTLP/HTTP".
 *
 * @example
 * ```ts
 * import { HttpReceiver, Observe, ReceiverDefaults } from '@sentry-exporter/gateway'
 *
 * const receiver = await HttpReceiver.listen(
 *   { ...ReceiverDefaults.http, endpoint: { _tag: 'Tcp', host: '127.0.0.1', port: 0 } },
 *   ({ signal, body }) => {
 *     console.log(signal, body.length) // traces 20
 *     return { _tag: 'Accepted', rejected: 0, message: '' }
 *   },
 *   Observe.none,
 * )
 * if (receiver._tag === 'Left' || receiver.right.address._tag === 'Unix') throw new Error()
 * const { address, close } = receiver.right
 * const sent = await fetch(`http://127.0.0.1:${address.port}/v1/traces`, {
 *   method: 'POST',
 *   headers: { 'content-type': 'application/json' },
 *   body: '{"resourceSpans":[]}',
 * })
 * console.log(sent.status, await sent.text()) // 200 {}
 * await close(1_000)
 * ```
 */
import type * as Http from 'node:http'
import type { Socket } from 'node:net'
import * as E from '#fp-ts/Either'
import type { HttpReceiverConfig } from '../config/ReceiverConfig.ts'
import type { Accept } from './Accept.ts'
import { authenticatorOf } from './access/authenticate.ts'
import { bind } from './access/bind.ts'
import * as TlsFiles from './access/TlsFiles.ts'
import { make as makeRules } from './http/admit.ts'
import * as Connections from './http/Connections.ts'
import * as Cors from './http/Cors.ts'
import { createServer, type HttpServer, limit } from './http/createServer.ts'
import { type HttpContext, handle } from './http/handle.ts'
import * as InvalidRequest from './http/invalidRequest.ts'
import type { ChangeableListener, ListenError, Listener } from './Listener.ts'
import * as Budget from './memory/Budget.ts'
import type { Observe } from './Observe.ts'

// model

/** The parts of one server. */
interface Serving {
  readonly server: HttpServer
  readonly connections: Connections.Connections
  /** Below TLS. */
  readonly sockets: Connections.Connections
  /** Connections that the server ended because a request did not arrive in time. */
  readonly timedOut: WeakSet<object>
}

// running

/** Listens until `stop` or `close` of the result. Receivers may share a budget of memory. */
export const listen = async (
  config: HttpReceiverConfig,
  accept: Accept,
  observe: Observe,
  budget: Budget.Budget = Budget.forBodies(config.maxRequestBodyBytes),
): Promise<E.Either<ListenError, ChangeableListener<HttpReceiverConfig>>> => {
  const tls = config.tls === undefined ? E.right(undefined) : await TlsFiles.load(config.tls)
  if (E.isLeft(tls)) return tls
  const serving: Serving = {
    server: createServer(config, tls.right),
    connections: Connections.make(),
    sockets: Connections.make(),
    timedOut: new WeakSet(),
  }
  const { server } = serving
  let used = { config, budget }
  let context = contextOf(config, accept, { observe, budget, serving })
  serveRequests(serving, () => context)
  serveConnections(serving, observe)
  const address = await bind(server, config.endpoint)
  if (E.isLeft(address)) return address
  const certificates =
    config.tls === undefined || !('setSecureContext' in server)
      ? undefined
      : TlsFiles.watch(config.tls, server, (error) => observe.certificatesChanged('http', error))
  return E.right({
    ...listenerOf(serving, address.right, () => certificates?.stop()),
    prepare: TlsFiles.preparing(certificates, (next) => {
      limit(server, next)
      used = { config: next, budget: budgetAfter(used, next) }
      context = contextOf(next, accept, { observe, budget: used.budget, serving })
    }),
  })
}

/** Requests under way keep their share of the budget before. */
const budgetAfter = (
  { config, budget }: { readonly config: HttpReceiverConfig; readonly budget: Budget.Budget },
  { maxRequestBodyBytes }: HttpReceiverConfig,
): Budget.Budget =>
  maxRequestBodyBytes === config.maxRequestBodyBytes
    ? budget
    : Budget.forBodies(maxRequestBodyBytes)

const contextOf = (
  config: HttpReceiverConfig,
  accept: Accept,
  {
    observe,
    budget,
    serving,
  }: { readonly observe: Observe; readonly budget: Budget.Budget; readonly serving: Serving },
): HttpContext => ({
  rules: makeRules(config, authenticatorOf(config.auth)),
  cors: Cors.make(config.cors),
  headers: () =>
    config.keepAlive && serving.server.listening
      ? config.responseHeaders
      : [...config.responseHeaders, ['Connection', 'close']],
  maxBodyBytes: config.maxRequestBodyBytes,
  budget,
  accept,
  observe,
  endedBy: ({ socket }) => (serving.timedOut.has(socket) ? 'timeout' : undefined),
})

/** A request keeps the context of its head until it is answered. */
const serveRequests = ({ server, connections }: Serving, context: () => HttpContext): void => {
  const onRequest = (request: Http.IncomingMessage, response: Http.ServerResponse): void => {
    const { socket } = request
    connections.begin(socket)
    response.on('close', () => {
      connections.end(socket)
      // The server does not listen any more: nothing else may be sent on this connection.
      if (!server.listening && !connections.isActive(socket)) socket.destroySoon()
    })
    response.on('error', () => undefined)
    // An answer that Node refuses to write, as with an invalid header, ends its connection and not the program.
    handle(context(), request, response).catch(() => response.destroy())
  }
  server.on('request', onRequest)
  server.on('checkContinue', onRequest)
  // Other expectations may be ignored: RFC 9110, section 10.1.1.
  server.on('checkExpectation', onRequest)
}

const serveConnections = (
  { server, connections, sockets, timedOut }: Serving,
  observe: Observe,
): void => {
  const isSecure = 'setSecureContext' in server
  server.on('connection', sockets.add)
  server.on(isSecure ? 'secureConnection' : 'connection', connections.add)
  server.on('drop', () => observe.connectionRefused('http'))
  server.on('tlsClientError', (_error: Error, socket: Socket) => socket.destroy())
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const problem = InvalidRequest.ofError(error.code)
    if (problem.reason === 'timeout') timedOut.add(socket)
    // The request that is under way reports its own end.
    if (!connections.isActive(socket)) {
      observe.request({
        protocol: 'http',
        signal: undefined,
        bytes: 0,
        refused: problem.reason,
        status: problem.status,
        durationMillis: 0,
      })
    }
    InvalidRequest.end(socket, problem)
  })
}

const listenerOf = (
  { server, connections, sockets }: Serving,
  address: Listener['address'],
  stopWatching: () => void,
): Listener => {
  const closed = new Promise<void>((resolve) => server.once('close', () => resolve()))
  const stop = (): void => {
    stopWatching()
    if (server.listening) server.close()
    connections.destroyIdle()
    sockets.destroySilent()
  }
  return {
    address,
    stop,
    close: async (deadlineMillis) => {
      stop()
      const timer = setTimeout(sockets.destroyAll, deadlineMillis)
      await closed
      clearTimeout(timer)
    },
  }
}
