/** Rejections of the different fetches as errors. System messages are kept, request data is not. */
import * as TransportError from '@sentry-exporter/transport/TransportError'

// decoding

/** An error may be its own cause. */
const MAX_CAUSES = 8

const UNKNOWN = 'unknown failure'

/** Deno's errors have no code: `invalid peer certificate: UnknownIssuer`. */
const CERTIFICATE = /invalid peer certificate/

/**
 * `timeoutMillis` is the time in the error of a request that took too long. No error contains a text of `secrets`: a fetch may
 * quote a header that it refuses.
 */
export const classify =
  (timeoutMillis: number, secrets: ReadonlyArray<string> = []) =>
  (cause: unknown): TransportError.TransportError => {
    const { name, code, message } = partsOf(cause)
    if (name === 'AbortError' || name === 'TimeoutError' || isTimeout(code)) {
      return TransportError.timedOut(timeoutMillis)
    }
    if (TransportError.isCertificateError(code)) return TransportError.untrusted(code)
    const reason = code === '' ? message : code
    if (secrets.some((secret) => secret !== '' && reason.includes(secret))) {
      return TransportError.unreachable(UNKNOWN)
    }
    return CERTIFICATE.test(message)
      ? TransportError.untrusted(reason)
      : TransportError.unreachable(reason)
  }

/** Codes of Node's system and of undici, which Node's fetch uses. */
const isTimeout = (code: string): boolean =>
  code === 'ETIMEDOUT' || (code.startsWith('UND_ERR_') && code.endsWith('_TIMEOUT'))

interface Parts {
  readonly name: string
  readonly code: string
  readonly message: string
}

/**
 * Node's fetch fails with `fetch failed` and has the reason in `cause`. Of several causes, as for a host with several addresses,
 * the first one counts. Without `instanceof`, since an injected fetch may belong to another realm.
 */
const partsOf = (cause: unknown, depth = 0): Parts => {
  if (typeof cause !== 'object' || cause === null) return { name: '', code: '', message: UNKNOWN }
  const name = textOf(cause, 'name')
  const code = textOf(cause, 'code')
  if (code === '' && name !== 'AbortError' && name !== 'TimeoutError' && depth < MAX_CAUSES) {
    const inner = innerOf(cause)
    if (inner !== undefined) return partsOf(inner, depth + 1)
  }
  return { name, code, message: textOf(cause, 'message') || UNKNOWN }
}

const innerOf = (cause: object): object | undefined => {
  const inner =
    'errors' in cause && Array.isArray(cause.errors)
      ? cause.errors[0]
      : 'cause' in cause
        ? cause.cause
        : undefined
  return typeof inner === 'object' && inner !== null ? inner : undefined
}

/** The code of a `DOMException` is a number and adds nothing to its name. */
const textOf = (cause: object, key: 'name' | 'code' | 'message'): string => {
  const value: unknown = Reflect.get(cause, key)
  return typeof value === 'string' ? value : ''
}
