/**
 * HTTP for Node, by undici: connections are kept and shared, large bodies are compressed, a request has a time
 * limit, proxies are used as the environment says, and answers are read no further than needed.
 */
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import * as Http from '@sentry-exporter/transport/Http'
import { withCompression } from '@sentry-exporter/transport/withCompression'
import { classify } from './classify.ts'
import * as Pools from './Pools.ts'
import * as ProxyRules from './ProxyRules.ts'
import { readAnswer } from './readAnswer.ts'

// model

export interface NodeHttpOptions {
  /** For the whole request, from the first attempt to connect to the status of the answer. Milliseconds. */
  readonly timeoutMillis?: number
  /** Bodies of at least this many bytes are compressed with gzip; `Infinity` for never. */
  readonly gzipFromBytes?: number
  /** Most connections to one address at a time. */
  readonly connections?: number
  /** Trusts any certificate. Everybody on the way can then read and change what is sent: for tests only. */
  readonly insecureSkipVerify?: boolean
  /** Certificates of authorities to trust, in PEM, one after the other. They stand in place of those of Node. */
  readonly ca?: string
  /** The address of a proxy, or `false` for none; without it the environment says. */
  readonly proxy?: string | false
  /** Told what somebody should know once; without it Node's own warnings. */
  readonly warn?: (message: string) => void
}

// constructors

/** Opens no connection before the first request. Close it to free its connections. */
export const nodeHttp = (options: NodeHttpOptions = {}): Http.Http => {
  const {
    timeoutMillis = 30_000,
    gzipFromBytes = 4 * 1024,
    connections = 8,
    insecureSkipVerify = false,
    ca,
    proxy,
    warn = (message) => process.emitWarning(message),
  } = options
  if (insecureSkipVerify) warn(UNVERIFIED)
  const pools = Pools.make({
    connections,
    timeoutMillis,
    insecureSkipVerify,
    ca,
    proxyFor: proxyFor(proxy),
  })
  const http = Http.fromPromise(
    (request) => post(pools, timeoutMillis, request),
    classify(timeoutMillis),
  )
  return Http.withTraits(withCompression({ fromBytes: gzipFromBytes, gzip: compress })(http), {
    close: async () => {
      await pools.destroy()
    },
    skipsVerify: insecureSkipVerify,
  })
}

const UNVERIFIED =
  'insecureSkipVerify: certificates of Sentry are not verified; everybody on the way can read and change what is sent'

const proxyFor = (proxy: string | false | undefined): ProxyRules.ProxyFor => {
  if (proxy === undefined) return ProxyRules.fromEnvironment(process.env)
  return proxy === false ? ProxyRules.none : ProxyRules.always(proxy)
}

const post = async (
  pools: Pools.Pools,
  timeoutMillis: number,
  { url, headers, body }: Http.HttpRequest,
): Promise<Http.HttpResponse> => {
  const address = new URL(url)
  const answer = await pools.of(address).request({
    origin: address.origin,
    path: address.pathname + address.search,
    method: 'POST',
    headers,
    body,
    signal: AbortSignal.timeout(timeoutMillis),
    headersTimeout: timeoutMillis,
    bodyTimeout: timeoutMillis,
  })
  const isBad = answer.statusCode >= 400
  const text = await readAnswer(answer.body, isBad ? KEPT_BYTES : 0)
  return {
    status: answer.statusCode,
    header: (name) => {
      const value = answer.headers[name.toLowerCase()]
      return Array.isArray(value) ? value.join(',') : value
    },
    ...(isBad ? { text } : {}),
  }
}

/** Of the body of a bad answer: the reason stands at its start. */
const KEPT_BYTES = 1024

/** The fastest level, and bodies from 4 KiB on: measured in `docs/design/0006-delivery.md`. */
const compress = (body: Uint8Array): Promise<Uint8Array<ArrayBuffer>> =>
  gzipBytes(body, { level: constants.Z_BEST_SPEED })

const gzipBytes = promisify(gzip)
