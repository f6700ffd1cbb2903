/**
 * The proxy for a request, from `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` in either case. The rules are those of Go's
 * `httpproxy`, which the OpenTelemetry Collector uses, so that its settings can be copied.
 * Source: pkg.go.dev/golang.org/x/net/http/httpproxy.
 *
 * undici's `EnvHttpProxyAgent` cannot replace it: it has no address ranges, no exemption of this machine, no protection under
 * CGI, no proxy address without a scheme, and it uses `HTTP_PROXY` for https too.
 */
import { BlockList, isIP } from 'node:net'

// model

export type Environment = Readonly<Record<string, string | undefined>>

/** The address of the proxy for a URL; `undefined` for none. It may contain a password: do not show it. */
export type ProxyFor = (url: URL) => string | undefined

// guards

export const EXPECTED = 'the address of a proxy, such as http://proxy.example.com:3128'

/** Whether a text is the address of a proxy: a URL with http or https, or a host with a port. */
export const isAddress = (text: string): boolean => {
  const url = withScheme(text.trim())
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return false
  const { hostname, pathname, search } = new URL(url)
  return hostname !== '' && pathname === '/' && search === ''
}

// constructors

/** No proxy. */
export const none: ProxyFor = () => undefined

/** One proxy for every URL. */
export const always =
  (address: string): ProxyFor =>
  () =>
    withScheme(address.trim())

/** From the environment. Requests to this machine use no proxy. */
export const fromEnvironment = (environment: Environment): ProxyFor => {
  const read = (name: string): string =>
    environment[name.toLowerCase()]?.trim() || environment[name]?.trim() || ''
  // Under CGI the client of a request can set HTTP_PROXY with a header (httpoxy.org).
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
    const host = withoutBrackets(url.hostname)
    if (isThisMachine(host)) return undefined
    const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
    return exempt.some((matches) => matches(host, port)) ? undefined : withScheme(address)
  }
}

type Exemption = (host: string, port: string) => boolean

/**
 * One entry of `NO_PROXY`: `*`; a name, which includes its subdomains; `.name` for the subdomains only; an address; a range of
 * addresses. Names and addresses can have a port.
 */
const parseEntry = (text: string): Exemption => {
  if (text === '*') return () => true
  const [, network = '', bits = ''] = /^(.+)\/(\d{1,3})$/.exec(text) ?? []
  const family = isIP(network)
  if (family !== 0 && Number(bits) <= (family === 4 ? 32 : 128)) {
    const list = new BlockList()
    list.addSubnet(network, Number(bits), familyOf(network))
    return (host) => isIP(host) !== 0 && list.check(host, familyOf(host))
  }
  const [, name = text, wanted] = isIP(text) === 0 ? (/^(.*):(\d+)$/.exec(text) ?? []) : []
  const pattern = withoutBrackets(name.startsWith('*.') ? name.slice(1) : name).toLowerCase()
  return (host, port) => {
    if (wanted !== undefined && wanted !== port) return false
    if (pattern.startsWith('.')) return host.endsWith(pattern)
    return host === pattern || (isIP(host) === 0 && host.endsWith(`.${pattern}`))
  }
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

const withoutBrackets = (host: string): string => host.replace(/^\[(.*)\]$/, '$1')

const isThisMachine = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

const withScheme = (address: string): string =>
  /^[a-z][a-z0-9]*:\/\//i.test(address) ? address : `http://${address}`
