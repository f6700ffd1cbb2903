/** Facts about a request of HTTP, in whichever convention (`Conventions`). */
import * as Url from '../internal/text/Url.ts'
import * as Attributes from '../model/Attributes.ts'
import * as FirstLetters from './FirstLetters.ts'
import * as PlainHttp from './PlainHttp.ts'
import { needing, reading, type SpanFunction } from './SpanFunction.ts'
import { textOf } from './textOf.ts'

// constructors

const methodOf = textOf('http.request.method', 'http.method')

const originalMethodOf = textOf('http.request.method_original')

/** The request's method. One that the conventions do not know is given as it was sent. */
export const httpMethod: SpanFunction<string | undefined> = needing(
  [methodOf, PlainHttp.of],
  reading([methodOf, originalMethodOf, PlainHttp.of], (span, letters) => {
    const method = methodOf(span, letters)
    if (method === undefined) return PlainHttp.of(span, letters)?.method
    return method === '_OTHER' ? (originalMethodOf(span, letters) ?? method) : method
  }),
)

const HTTP_STATUS = ['http.response.status_code', 'http.status_code'] as const

const HTTP_LETTERS = FirstLetters.ofKeys([...HTTP_STATUS, 'status'])

/** The status of a response: 100 to 599. Any other number counts as absent, as the 0 of a browser without an answer. */
export const httpStatus: SpanFunction<number | undefined> = needing(
  [...HTTP_STATUS, 'status'],
  reading([...HTTP_STATUS, 'status', PlainHttp.of], (span, letters = FirstLetters.every) => {
    if (!FirstLetters.mayHave(letters, HTTP_LETTERS)) return undefined
    for (const key of HTTP_STATUS) {
      const code = Attributes.integer(span.attributes, key)
      if (code !== undefined && code >= 100 && code < 600) return code
    }
    const isPlain = PlainHttp.of(span, letters) !== undefined
    const code = Attributes.integer(span.attributes, 'status')
    return isPlain && code !== undefined && code >= 100 && code < 600 ? code : undefined
  }),
)

const routeOf = textOf('http.route', 'next.route')

/** The route that answers a request; that of Next.js has an attribute of its own. */
export const httpRoute: SpanFunction<string | undefined> = needing(
  [routeOf, PlainHttp.of],
  reading([routeOf, PlainHttp.of], (span, letters) => {
    const route = routeOf(span, letters)
    if (route !== undefined) return PlainHttp.routeOf(route)
    const plain = PlainHttp.of(span, letters)
    return plain?.side === 'server' ? plain.route : undefined
  }),
)

const fullOf = textOf('url.full', 'http.url')

const pathOf = textOf('url.path', 'http.target', 'http.path')

/** The path of the request, without query and fragment. Micrometer has it in `http.url`, OpenCensus in `http.path`. */
export const urlPath: SpanFunction<string | undefined> = needing(
  [pathOf, fullOf, PlainHttp.of],
  reading([pathOf, fullOf, PlainHttp.of], (span, letters) => {
    const path = pathOf(span, letters) ?? pathIn(fullOf(span, letters))
    return path === undefined ? PlainHttp.of(span, letters)?.path : Url.withoutQuery(path)
  }),
)

/** Of a text that is a path, and not a whole URL or one without a scheme. */
const pathIn = (url: string | undefined): string | undefined =>
  url?.startsWith('/') === true && !url.startsWith('//') ? url : undefined

/** The whole URL without query, fragment, credentials and default port. */
export const urlFull: SpanFunction<string | undefined> = needing(
  [fullOf],
  reading([fullOf], (span, letters) => {
    const url = fullOf(span, letters)
    return url === undefined || pathIn(url) !== undefined ? undefined : Url.sanitize(url)
  }),
)

const templateOf = textOf('url.template')

export const urlTemplate: SpanFunction<string | undefined> = needing(
  [templateOf, PlainHttp.of],
  reading([templateOf, PlainHttp.of], (span, letters) => {
    const template = templateOf(span, letters)
    if (template !== undefined) return template
    const plain = PlainHttp.of(span, letters)
    return plain?.side === 'client' ? plain.route : undefined
  }),
)

/** SvelteKit's span of a request is INTERNAL. Source: `packages/kit/src/runtime/server/respond.js` of sveltejs/kit. */
const SVELTEKIT_REQUEST = 'sveltekit.handle.root'

/** Whether the span answers or makes a request, by its kind, or by a framework that is known to. */
export const httpSide: SpanFunction<'client' | 'server' | undefined> = reading(
  [PlainHttp.of],
  (span, letters) => {
    if (span.kind === 'SERVER') return 'server'
    if (span.kind === 'CLIENT') return 'client'
    return span.name === SVELTEKIT_REQUEST ? 'server' : PlainHttp.of(span, letters)?.side
  },
)
