/** What the rejections of the many fetches mean. Messages of the system are kept, request data is not. */
import * as TransportError from '@sentry-exporter/transport/TransportError'

// destructors

/**
 * `timeoutMillis` is told in the error of a request that took too long. No text of `secrets` is ever told: a fetch may
 * quote a header that it does not take.
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

const UNKNOWN = 'unknown failure'

/** Of Node's system and of undici below its fetch. */
const isTimeout = (code: string): boolean =>
  code === 'ETIMEDOUT' || (code.startsWith('UND_ERR_') && code.endsWith('_TIMEOUT'))

/** Deno has no codes: `invalid peer certificate: UnknownIssuer`. */
const CERTIFICATE = /invalid peer certificate/

interface Parts {
  readonly name: string
  readonly code: string
  readonly message: string
}

/**
 * Node's fetch says `fetch failed`, and why in its cause. Of an error with several causes, as for a host with several
 * addresses, the first one speaks. Not by `instanceof`: an injected fetch may live in a realm of its own.
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

/** An error may be its own cause. */
const MAX_CAUSES = 8

const innerOf = (cause: object): object | undefined => {
  const inner =
    'errors' in cause && Array.isArray(cause.errors)
      ? cause.errors[0]
      : 'cause' in cause
        ? cause.cause
        : undefined
  return typeof inner === 'object' && inner !== null ? inner : undefined
}

/** Codes of `DOMException` are numbers and say nothing that the name does not. */
const textOf = (cause: object, key: 'name' | 'code' | 'message'): string => {
  const value: unknown = Reflect.get(cause, key)
  return typeof value === 'string' ? value : ''
}
