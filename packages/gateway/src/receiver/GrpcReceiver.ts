/**
 * OTLP over gRPC: the services of traces, logs and metrics, in the same compressions as HTTP. Source:
 * opentelemetry.io/docs/specs/otlp, "OTLP/gRPC".
 *
 * @example
 * ```ts
 * import { GrpcReceiver, Observe, ReceiverDefaults } from '@sentry-exporter/gateway'
 *
 * const receiver = await GrpcReceiver.listen(
 *   { ...ReceiverDefaults.grpc, endpoint: { _tag: 'Tcp', host: '127.0.0.1', port: 0 } },
 *   () => ({ _tag: 'Accepted', rejected: 0, message: '' }),
 *   Observe.none,
 * )
 * if (receiver._tag === 'Left') throw new Error()
 * console.log(receiver.right.address._tag) // Tcp
 * await receiver.right.close(1_000)
 * ```
 */
import type { EventEmitter } from 'node:events'
import { createServer, type Socket, type Server as SocketServer } from 'node:net'
import { createServer as createSecureServer, type TlsOptions, Server as TlsServer } from 'node:tls'
import { Server, ServerCredentials, type ServerOptions } from '@grpc/grpc-js'
import * as E from '#fp-ts/Either'
import type { GrpcReceiverConfig } from '../config/ReceiverConfig.ts'
import type { Accept } from './Accept.ts'
import { authenticatorOf, type RequestAuthenticator } from './access/authenticate.ts'
import { bind } from './access/bind.ts'
import * as TlsFiles from './access/TlsFiles.ts'
import * as Calls from './grpc/Calls.ts'
import { checkHead } from './grpc/checkHead.ts'
import { handlersOf } from './grpc/handlers.ts'
import * as PingPolicy from './grpc/PingPolicy.ts'
import { definition } from './grpc/services.ts'
import * as Connections from './http/Connections.ts'
import type { ChangeableListener, ListenError, Listener } from './Listener.ts'
import * as Budget from './memory/Budget.ts'
import type { Observe } from './Observe.ts'

// model

type Injector = ReturnType<Server['createConnectionInjector']>

/** The parts of one server. */
interface Serving {
  /** Accepts connections, with or without TLS, and passes them on. */
  readonly sockets: SocketServer
  readonly server: Server
  readonly injector: Injector
  readonly connections: Connections.Connections
}

/** The longest time of a timer. */
const FOREVER_MILLIS = 2 ** 31 - 1

/** The library adds up to a tenth to the age of a connection, and a timer beyond its limit ends at once. */
const MAX_AGE_MILLIS = Math.floor(FOREVER_MILLIS / 1.2)

// running

/** Listens until `stop` or `close` of the result. Receivers may share a budget of memory. */
export const listen = async (
  config: GrpcReceiverConfig,
  accept: Accept,
  observe: Observe,
  budget: Budget.Budget = Budget.forBodies(config.maxReceiveMessageBytes),
): Promise<E.Either<ListenError, ChangeableListener<GrpcReceiverConfig>>> => {
  const tls = config.tls === undefined ? E.right(undefined) : await TlsFiles.load(config.tls)
  if (E.isLeft(tls)) return tls
  let authenticator = authenticatorOf(config.auth)
  const serving = serve(config, tls.right, {
    accept,
    observe,
    budget,
    authenticator: () => authenticator,
  })
  const { sockets } = serving
  const address = await bind(sockets, config.endpoint)
  if (E.isLeft(address)) {
    serving.server.forceShutdown()
    return address
  }
  const certificates =
    config.tls === undefined || !(sockets instanceof TlsServer)
      ? undefined
      : TlsFiles.watch(config.tls, sockets, (error) => observe.certificatesChanged('grpc', error))
  return E.right({
    ...listenerOf(serving, address.right, () => certificates?.stop()),
    prepare: TlsFiles.preparing(certificates, (next) => {
      authenticator = authenticatorOf(next.auth)
    }),
  })
}

interface GrpcWiring {
  readonly accept: Accept
  readonly observe: Observe
  readonly budget: Budget.Budget
  /** That of the calls that begin now. */
  readonly authenticator: () => RequestAuthenticator | undefined
}

const serve = (
  config: GrpcReceiverConfig,
  tls: TlsOptions | undefined,
  { accept, observe, budget, authenticator }: GrpcWiring,
): Serving => {
  const maxBytes = config.maxReceiveMessageBytes
  const calls = Calls.make(budget, observe)
  const server = new Server({
    ...optionsOf(config),
    interceptors: [checkHead(calls, authenticator, accept)],
  })
  server.addService(definition, { ...handlersOf({ calls, accept, maxBytes }) })
  // TLS ends before the library, so that both receivers have the same settings and reload the same files.
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure())
  const http2Server = http2ServerOf(server)
  http2Server.prependListener('stream', calls.inspect)
  const pings = PingPolicy.ofConfig(config.keepalive)
  if (pings !== undefined) http2Server.on('session', (one) => PingPolicy.enforce(pings, one))
  const connections = Connections.make()
  const sockets =
    tls === undefined ? createServer() : createSecureServer({ ...tls, ALPNProtocols: ['h2'] })
  sockets.on('connection', connections.add)
  sockets.on(tls === undefined ? 'connection' : 'secureConnection', injector.injectConnection)
  sockets.on('tlsClientError', (_error: Error, socket: Socket) => socket.destroy())
  return { sockets, server, injector, connections }
}

/**
 * The library offers no way to see a stream before it does. The version is fixed to the minor (`~`), and this fails when the
 * field has another name.
 */
const http2ServerOf = (server: Server): EventEmitter => {
  const servers: unknown = Reflect.get(server, 'http2Servers')
  const [first] = servers instanceof Map ? servers.keys() : []
  if (first === undefined) throw new Error('@grpc/grpc-js has another structure than 1.14')
  return first
}

const optionsOf = ({
  maxReceiveMessageBytes,
  maxConcurrentStreams,
  keepalive,
}: GrpcReceiverConfig): ServerOptions => {
  const options = {
    'grpc.enable_channelz': 0,
    'grpc.max_receive_message_length': maxReceiveMessageBytes,
    'grpc.max_concurrent_streams': maxConcurrentStreams,
    'grpc.max_connection_idle_ms': keepalive.maxConnectionIdleMillis,
    'grpc.max_connection_age_ms':
      keepalive.maxConnectionAgeMillis === undefined
        ? undefined
        : Math.min(keepalive.maxConnectionAgeMillis, MAX_AGE_MILLIS),
    'grpc.max_connection_age_grace_ms': keepalive.maxConnectionAgeGraceMillis,
    'grpc.keepalive_time_ms': keepalive.timeMillis,
    'grpc.keepalive_timeout_ms': keepalive.timeoutMillis,
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

const listenerOf = (
  { sockets, server, injector, connections }: Serving,
  address: Listener['address'],
  stopWatching: () => void,
): Listener => {
  const closed = new Promise<void>((resolve) => sockets.once('close', () => resolve()))
  const stop = (): void => {
    if (!sockets.listening) return
    stopWatching()
    sockets.close()
    // Asks every client to send no more calls; connections end with their last call.
    injector.drain(FOREVER_MILLIS)
    connections.destroySilent()
  }
  return {
    address,
    stop,
    close: async (deadlineMillis) => {
      stop()
      const timer = setTimeout(connections.destroyAll, deadlineMillis)
      await closed
      clearTimeout(timer)
      server.forceShutdown()
    },
  }
}
