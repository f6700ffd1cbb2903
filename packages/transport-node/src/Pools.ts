/** Connections, kept and shared: a pool for each address, through the proxy that it needs. */
import { Agent, type Dispatcher, ProxyAgent } from 'undici'
import type { ProxyFor } from './ProxyRules.ts'

// model

export interface Options {
  /** Most connections to one address at a time. */
  readonly connections: number
  /** To connect, in milliseconds. */
  readonly timeoutMillis: number
  /** Whether any certificate of the server is trusted. That of a proxy is verified all the same. */
  readonly insecureSkipVerify: boolean
  /** Certificates of authorities to trust, in PEM, in place of those of Node. */
  readonly ca: string | undefined
  readonly proxyFor: ProxyFor
}

export interface Pools {
  /** The pool of an address: projects at one host do not wait for each other. */
  readonly of: (url: URL) => Dispatcher
  /** Ends all connections; can be called twice. */
  readonly destroy: () => Promise<unknown>
}

// constructors

export const make = (options: Options): Pools => {
  const pools = new Map<string, Dispatcher>()
  const { connections, timeoutMillis, insecureSkipVerify, ca, proxyFor } = options
  const trusted = ca === undefined ? {} : { ca }
  const tls = { ...trusted, timeout: timeoutMillis, rejectUnauthorized: !insecureSkipVerify }
  const kept = { connections, keepAliveTimeout: KEEP_ALIVE_MILLIS }
  const open = (url: URL): Dispatcher => {
    const uri = proxyFor(url)
    if (uri === undefined) return new Agent({ ...kept, connect: tls })
    // Many proxies let nothing but TLS through a tunnel.
    const proxyTunnel = url.protocol === 'https:'
    const proxyTls = { ...trusted, timeout: timeoutMillis }
    return new ProxyAgent({ ...kept, uri, proxyTunnel, requestTls: tls, proxyTls })
  }
  let isDestroyed = false
  return {
    of: (url) => {
      const key = url.origin + url.pathname
      const known = pools.get(key)
      if (known !== undefined) return known
      const made = open(url)
      pools.set(key, made)
      // What is asked for after the end fails as it does in a pool that was there.
      if (isDestroyed) void made.destroy()
      return made
    },
    destroy: () => {
      isDestroyed = true
      const closing = [...pools.values()].map((pool) => pool.destroy())
      pools.clear()
      return Promise.allSettled(closing)
    },
  }
}

const KEEP_ALIVE_MILLIS = 30_000
