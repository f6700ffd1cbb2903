/** Cross-origin requests of browsers: which origins may send, and the headers of the answers. Source: fetch.spec.whatwg.org. */
import type { CorsConfig } from '../../config/ReceiverConfig.ts'

// model

export type HeaderList = ReadonlyArray<readonly [name: string, value: string]>

/** The headers of a request that matter here. */
export interface CorsRequest {
  readonly method: string
  readonly origin: string | undefined
  readonly requestedMethod: string | undefined
  readonly requestedHeaders: string | undefined
}

export interface Cors {
  /** Of the answer to a request that asks for permission. `undefined` if the request does not ask. */
  readonly preflight: (request: CorsRequest) => HeaderList | undefined
  /** Of every other answer. */
  readonly actual: (origin: string | undefined) => HeaderList
}

const METHOD = 'POST'

/** Permitted in addition to those of the configuration, as in the Collector. */
const SAFE_HEADERS = ['accept', 'content-type', 'origin', 'x-requested-with']

const none: HeaderList = []

// constructors

/** Without a configuration no origin may send. */
export const make = (config: CorsConfig | undefined): Cors => {
  if (config === undefined || config.allowedOrigins.length === 0) {
    return { preflight: () => undefined, actual: () => none }
  }
  const permits = originMatcher(config.allowedOrigins)
  const permitsAll = config.allowedOrigins.includes('*')
  const originHeaders = (origin: string): HeaderList =>
    permitsAll
      ? [['Access-Control-Allow-Origin', '*']]
      : [
          ['Access-Control-Allow-Origin', origin],
          ['Access-Control-Allow-Credentials', 'true'],
        ]
  const exposed: HeaderList =
    config.exposedHeaders.length === 0
      ? none
      : [['Access-Control-Expose-Headers', config.exposedHeaders.join(', ')]]
  return {
    preflight: (request) => {
      const { method, origin, requestedMethod } = request
      if (method !== 'OPTIONS' || origin === undefined || requestedMethod === undefined) {
        return undefined
      }
      const vary: HeaderList = [
        ['Vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'],
      ]
      const allowedHeaders = permittedHeaders(config.allowedHeaders, request.requestedHeaders)
      if (!permits(origin) || requestedMethod !== METHOD || allowedHeaders === undefined) {
        return vary
      }
      return [
        ...vary,
        ...originHeaders(origin),
        ['Access-Control-Allow-Methods', METHOD],
        ...allowedHeaders,
        ...maxAge(config.maxAgeSeconds),
      ]
    },
    actual: (origin) => {
      if (origin === undefined) return permitsAll ? none : [['Vary', 'Origin']]
      const vary: HeaderList = permitsAll ? none : [['Vary', 'Origin']]
      return permits(origin) ? [...vary, ...originHeaders(origin), ...exposed] : vary
    },
  }
}

const originMatcher = (origins: ReadonlyArray<string>): ((origin: string) => boolean) => {
  const patterns = origins.map((origin) => {
    const parts = origin.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
    return new RegExp(`^${parts.join('.*')}$`, 'i')
  })
  return (origin) => patterns.some((pattern) => pattern.test(origin))
}

/** `undefined` if one of the headers is not permitted. */
const permittedHeaders = (
  allowed: ReadonlyArray<string>,
  requested: string | undefined,
): HeaderList | undefined => {
  if (requested === undefined || requested.trim() === '') return none
  const names = requested.split(',').map((name) => name.trim().toLowerCase())
  const permitted = new Set([...SAFE_HEADERS, ...allowed.map((name) => name.toLowerCase())])
  return allowed.includes('*') || names.every((name) => permitted.has(name))
    ? [['Access-Control-Allow-Headers', names.join(', ')]]
    : undefined
}

const maxAge = (seconds: number | undefined): HeaderList =>
  seconds === undefined || seconds === 0 ? none : [['Access-Control-Max-Age', String(seconds)]]
