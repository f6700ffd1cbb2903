/** Persistent connections: a pool for each address, through the proxy for it. */
import { Agent, type Dispatcher, ProxyAgent } from 'undici'
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
}

export interface Pools {
  /** The pool for an address. The path counts too, so that projects at one host do not wait for each other. */
  readonly of: (url: URL) => Dispatcher
  /** Ends all connections. May be called again. */
  readonly destroy: () => Promise<unknown>
}

// constructors

const KEEP_ALIVE_MILLIS = 30_000

export const make = (options: PoolOptions): Pools => {
  const pools = new Map<string, Dispatcher>()
  const { connections, timeoutMillis, insecureSkipVerify, ca, proxyFor } = options
  const authorities = ca === undefined ? {} : { ca }
  const tls = { ...authorities, timeout: timeoutMillis, rejectUnauthorized: !insecureSkipVerify }
  const keepAlive = { connections, keepAliveTimeout: KEEP_ALIVE_MILLIS }
  const open = (url: URL): Dispatcher => {
    const uri = proxyFor(url)
    if (uri === undefined) return new Agent({ ...keepAlive, connect: tls })
    // Many proxies allow only TLS through a tunnel.
    const proxyTunnel = url.protocol === 'https:'
    const proxyTls = { ...authorities, timeout: timeoutMillis }
    return new ProxyAgent({ ...keepAlive, uri, proxyTunnel, requestTls: tls, proxyTls })
  }
  let isDestroyed = false
  return {
    of: (url) => {
      const key = url.origin + url.pathname
      const known = pools.get(key)
      if (known !== undefined) return known
      const opened = open(url)
      pools.set(key, opened)
      // A request after the end fails in the same way as in a destroyed pool.
      if (isDestroyed) void opened.destroy()
      return opened
    },
    destroy: () => {
      isDestroyed = true
      const closing = [...pools.values()].map((pool) => pool.destroy())
      pools.clear()
      return Promise.allSettled(closing)
    },
  }
}
