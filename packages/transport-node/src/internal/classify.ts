/** Rejections of undici and Node as errors. System messages are kept, request data is not. */
import * as TransportError from '@sentry-exporter/transport/TransportError'

// decoding

const TIMEOUTS: ReadonlySet<string> = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
])

const CLOSED: ReadonlySet<string> = new Set(['UND_ERR_DESTROYED', 'UND_ERR_CLOSED'])

/** undici's message if a proxy opened no tunnel. */
const PROXY = /^Proxy response \((\d+)\)/

/** `timeoutMillis` is the time in the error of a request that took too long. */
export const classify =
  (timeoutMillis: number) =>
  (cause: unknown): TransportError.TransportError => {
    const { name, code, message } = partsOf(cause)
    if (name === 'TimeoutError' || TIMEOUTS.has(code)) return TransportError.timedOut(timeoutMillis)
    if (CLOSED.has(code)) return TransportError.closed
    const [, proxyStatus] = PROXY.exec(message) ?? []
    if (proxyStatus !== undefined) {
      return TransportError.unreachable(`the proxy answered with status ${proxyStatus}`)
    }
    const reason = code === '' ? message : code
    return TransportError.isCertificateError(code)
      ? TransportError.untrusted(reason)
      : TransportError.unreachable(reason)
  }

interface Parts {
  readonly name: string
  readonly code: string
  readonly message: string
}

/** Of several causes, as for a host with several addresses, the first one counts. */
const partsOf = (cause: unknown): Parts => {
  if (!(cause instanceof Error)) return { name: '', code: '', message: 'unknown failure' }
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause.cause
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  if (code === '' && inner instanceof Error && cause.name !== 'TimeoutError') return partsOf(inner)
  return { name: cause.name, code, message: cause.message }
}
