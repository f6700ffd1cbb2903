/**
 * Requests of frameworks that name the method of HTTP `method`, and not by a convention of OpenTelemetry: Micrometer (Spring
 * Boot) on its SERVER and CLIENT spans, with the route in `uri` and the status in `status`; tower-http (Rust) on INTERNAL
 * spans, with the path in `uri`. Elsewhere `method` is any method: `findMany`, `OrderService.find`.
 *
 * Sources: `DefaultServerRequestObservationConvention` and `DefaultClientRequestObservationConvention` of
 * spring-projects/spring-framework; `tower-http/src/trace/make_span.rs` of tower-rs/tower-http.
 */
import * as Url from '../internal/text/Url.ts'
import * as FirstLetters from './FirstLetters.ts'
import { needing, reading, type SpanFunction } from './SpanFunction.ts'

// model

export interface PlainRequest {
  readonly method: string
  /** `client` calls, `server` answers. */
  readonly side: 'client' | 'server'
  /** `/orders/{id}` of Micrometer. */
  readonly route: string | undefined
  /** `/orders/7` of tower-http, without its query. */
  readonly path: string | undefined
}

// constructors

const METHODS: ReadonlySet<string> = new Set(
  'CONNECT DELETE GET HEAD OPTIONS PATCH POST PUT QUERY TRACE'.split(' '),
)

/** In place of a route: there is none, or it is not known. `root` is `/`. */
const NO_ROUTE: ReadonlySet<string> = new Set([
  '',
  'NOT_FOUND',
  'REDIRECTION',
  'UNKNOWN',
  'none',
  'unknown',
])

const METHOD = ['method'] as const

/** Spans of other protocols, whose `method` may be called as one of HTTP: Redis has `GET`. */
const OTHERS = ['db.system', 'db.system.name', 'rpc.system'] as const

const KEYS = [...METHOD, ...OTHERS, 'uri', 'version'] as const

const METHOD_LETTERS = FirstLetters.ofKeys(METHOD)

/** The route that a framework recorded; `undefined` for a text that is not a route. */
export const routeOf = (text: string): string | undefined =>
  text === 'root' ? '/' : NO_ROUTE.has(text) ? undefined : text

/** The request of a span that records one in this way. */
export const of: SpanFunction<PlainRequest | undefined> = needing(
  [...METHOD],
  reading(KEYS, ({ attributes, kind }, letters = FirstLetters.every) => {
    // hot: few spans have a method of this name.
    if (!FirstLetters.mayHave(letters, METHOD_LETTERS)) return undefined
    const { method, uri, version } = attributes
    if (typeof method !== 'string' || !METHODS.has(method)) return undefined
    if (OTHERS.some((key) => attributes[key] !== undefined)) return undefined
    const text = typeof uri === 'string' ? uri : ''
    if (kind === 'SERVER' || kind === 'CLIENT') {
      const side = kind === 'SERVER' ? 'server' : 'client'
      return { method, side, route: routeOf(text), path: undefined }
    }
    return kind === 'INTERNAL' &&
      typeof version === 'string' &&
      version.startsWith('HTTP/') &&
      text.startsWith('/')
      ? { method, side: 'server', route: undefined, path: Url.withoutQuery(text) }
      : undefined
  }),
)
