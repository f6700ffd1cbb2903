/** Persistent connections: a pool for each address, through the proxy for it. */
import { Socket } from 'node:net'
import { Agent, buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici'
import type { ProxyFor } from './ProxyRules.ts'

// model

export interface PoolOptions {
  /** The largest number of connections to one address. */
  readonly connections: number
  /** The time limit to connect. */
  readonly timeoutMillis: number
  /** Whether any certificate of the server is accepted. The certificate of a proxy is always verified. */
  readonly insecureSkipVerify: boolean
  /** Trusted certificate authorities in PEM, which replace those of Node. */
  readonly ca: string | undefined
  readonly proxyFor: ProxyFor
  /** The addresses with one pool: those of one path, so that projects at one host do not wait for each other, or of one origin. */
  readonly share: 'origin' | 'path'
}

export interface Pools {
  /** The pool for an address. */
  readonly lease: (url: URL) => Lease
  /** Ends all connections. May be called again. */
  readonly destroy: () => Promise<unknown>
}

/** The use of a pool by one request. */
interface Lease {
  readonly dispatcher: Dispatcher
  /**
   * Ends the use. After a request that was given up, connections that are still being made would keep the next request waiting:
   * the pool is then replaced, and destroyed when its last request ends.
   */
  readonly end: (wasGivenUp: boolean) => void
}

/** A pool at work. Mutable; one owner. */
interface Entry {
  readonly dispatcher: Dispatcher
  readonly connecting: Connecting
  requests: number
}

/** Connections that are being made. undici does not end them with its pool. */
interface Connecting {
  /** Their number, tunnels through a proxy included. */
  count: number
  readonly sockets: Set<Socket>
}

// constructors

const KEEP_ALIVE_MILLIS = 30_000

export const make = (options: PoolOptions): Pools => {
  const current = new Map<string, Entry>()
  const retired = new Set<Entry>()
  let isDestroyed = false

  const keyOf = ({ origin, pathname }: URL): string =>
    options.share === 'path' ? origin + pathname : origin
  const entryFor = (url: URL): Entry => {
    const key = keyOf(url)
    const known = current.get(key)
    if (known !== undefined) return known
    const connecting: Connecting = { count: 0, sockets: new Set() }
    const opened = { dispatcher: open(options, url, connecting), connecting, requests: 0 }
    current.set(key, opened)
    // A request after the end fails in the same way as in a destroyed pool.
    if (isDestroyed) void destroyEntry(opened)
    return opened
  }
  const retire = (url: URL, entry: Entry): void => {
    const key = keyOf(url)
    if (current.get(key) !== entry) return
    current.delete(key)
    retired.add(entry)
  }
  return {
    lease: (url) => {
      const entry = entryFor(url)
      entry.requests++
      return {
        dispatcher: entry.dispatcher,
        end: (wasGivenUp) => {
          entry.requests--
          if (wasGivenUp && entry.connecting.count > 0) retire(url, entry)
          if (entry.requests === 0 && retired.delete(entry)) void destroyEntry(entry)
        },
      }
    },
    destroy: () => {
      isDestroyed = true
      const closing = [...current.values(), ...retired].map(destroyEntry)
      current.clear()
      retired.clear()
      return Promise.allSettled(closing)
    },
  }
}

const destroyEntry = async ({ dispatcher, connecting }: Entry): Promise<void> => {
  const destroyed = dispatcher.destroy()
  for (const socket of connecting.sockets) socket.destroy(new Error('the connections were closed'))
  await destroyed.catch(() => undefined)
}

const open = (options: PoolOptions, url: URL, connecting: Connecting): Dispatcher => {
  const { connections, timeoutMillis, insecureSkipVerify, ca, proxyFor } = options
  const authorities = ca === undefined ? {} : { ca }
  const tls = { ...authorities, timeout: timeoutMillis, rejectUnauthorized: !insecureSkipVerify }
  const keepAlive = { connections, keepAliveTimeout: KEEP_ALIVE_MILLIS }
  const track = tracked(connecting)
  const uri = proxyFor(url)
  if (uri === undefined) return new Agent({ ...keepAlive, connect: track(buildConnector(tls)) })
  const pool = (origin: string | URL, given: Connector): Dispatcher =>
    new Pool(origin, {
      ...keepAlive,
      ...given,
      connect: track(given.connect),
      headersTimeout: timeoutMillis,
    })
  return new ProxyAgent({
    ...keepAlive,
    uri,
    // Many proxies allow only TLS through a tunnel.
    proxyTunnel: url.protocol === 'https:',
    requestTls: tls,
    proxyTls: { ...authorities, timeout: timeoutMillis },
    // undici gives both functions an object with its connector.
    factory: (origin, given) => pool(origin, given as Connector),
    clientFactory: (origin, given) => pool(origin, given as Connector),
  })
}

interface Connector {
  readonly connect: buildConnector.connector
}

/** The same connector; connections are in `connecting` until they are made or have failed. */
const tracked =
  (connecting: Connecting) =>
  (connect: buildConnector.connector): buildConnector.connector =>
  (options, callback) => {
    connecting.count++
    // undici's connectors return their socket, but for those of a tunnel.
    const socket: unknown = connect(options, (...result) => {
      connecting.count--
      if (socket instanceof Socket) connecting.sockets.delete(socket)
      callback(...result)
    })
    if (socket instanceof Socket) connecting.sockets.add(socket)
    return socket
  }
