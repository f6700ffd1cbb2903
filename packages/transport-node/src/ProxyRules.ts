/**
 * Through which proxy a request goes, as the environment says: `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, in either case. The
 * rules are those of Go's `httpproxy`, by which the OpenTelemetry Collector goes: people bring their settings from there.
 * Source: pkg.go.dev/golang.org/x/net/http/httpproxy.
 */
import { BlockList, isIP } from 'node:net'

// model

export type Environment = Readonly<Record<string, string | undefined>>

/** The address of a proxy for a URL; `undefined` for none. It may hold a password: show none of it. */
export type ProxyFor = (url: URL) => string | undefined

// constructors

/** Goes through no proxy. */
export const none: ProxyFor = () => undefined

/** Goes through one proxy, wherever to. */
export const always =
  (address: string): ProxyFor =>
  () =>
    withScheme(address)

/** What the environment says. This machine itself is never reached through a proxy. */
export const fromEnvironment = (environment: Environment): ProxyFor => {
  const read = (name: string): string =>
    environment[name.toLowerCase()]?.trim() || environment[name]?.trim() || ''
  // Under CGI a request could set HTTP_PROXY by a header (httpoxy.org).
  const http =
    environment['REQUEST_METHOD'] === undefined
      ? read('HTTP_PROXY')
      : (environment['http_proxy'] ?? '')
  const https = read('HTTPS_PROXY')
  const exempt = read('NO_PROXY')
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map(parseEntry)
  return (url) => {
    const address = url.protocol === 'https:' ? https : http
    if (address === '') return undefined
    const host = bare(url.hostname)
    if (isThisMachine(host)) return undefined
    const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
    return exempt.some((matches) => matches(host, port)) ? undefined : withScheme(address)
  }
}

type Entry = (host: string, port: string) => boolean

/** `*`, a name with all below it, `.name` for those below it only, an address, a range of addresses; each but the first and last with a port. */
const parseEntry = (text: string): Entry => {
  if (text === '*') return () => true
  const [, network = '', bits = ''] = /^(.+)\/(\d{1,3})$/.exec(text) ?? []
  const family = isIP(network)
  if (family !== 0 && Number(bits) <= (family === 4 ? 32 : 128)) {
    const list = new BlockList()
    list.addSubnet(network, Number(bits), familyOf(network))
    return (host) => isIP(host) !== 0 && list.check(host, familyOf(host))
  }
  const [, name = text, wanted] = isIP(text) === 0 ? (/^(.*):(\d+)$/.exec(text) ?? []) : []
  const pattern = bare(name.startsWith('*.') ? name.slice(1) : name).toLowerCase()
  return (host, port) => {
    if (wanted !== undefined && wanted !== port) return false
    if (pattern.startsWith('.')) return host.endsWith(pattern)
    return host === pattern || (isIP(host) === 0 && host.endsWith(`.${pattern}`))
  }
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** A host without the brackets of an IPv6 address. */
const bare = (host: string): string => host.replace(/^\[(.*)\]$/, '$1')

const isThisMachine = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

const withScheme = (address: string): string =>
  /^[a-z][a-z0-9]*:\/\//i.test(address) ? address : `http://${address}`
