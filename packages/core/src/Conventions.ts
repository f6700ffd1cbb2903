/**
 * What spans say in OpenTelemetry's semantic conventions, whichever generation they were written in: each function
 * reads the stable attribute first and the older ones after it.
 *
 * Source: `model/attributes/**` of getsentry/sentry-conventions, and opentelemetry.io/docs/specs/semconv.
 */
import * as Attributes from './Attributes.ts'
import type { Span } from './Span.ts'

// destructors

/** The request's method. One that the conventions do not know is given as it was sent. */
export const httpMethod = (span: Span): string | undefined => {
  const method =
    Attributes.text(span.attributes, 'http.request.method') ??
    Attributes.text(span.attributes, 'http.method')
  return method === '_OTHER'
    ? (Attributes.text(span.attributes, 'http.request.method_original') ?? method)
    : method
}

export const httpStatus = (span: Span): number | undefined =>
  Attributes.integer(span.attributes, 'http.response.status_code') ??
  Attributes.integer(span.attributes, 'http.status_code')

export const httpRoute = (span: Span): string | undefined =>
  Attributes.firstText(span.attributes, HTTP_ROUTE)

/** The path of the request, without query and fragment. */
export const urlPath = (span: Span): string | undefined => {
  const path = Attributes.firstText(span.attributes, URL_PATH)
  return path === undefined ? undefined : cutAtQuery(path)
}

/** The whole URL without query, fragment, credentials and default port. */
export const urlFull = (span: Span): string | undefined => {
  const url = Attributes.firstText(span.attributes, URL_FULL)
  return url === undefined ? undefined : sanitizeUrl(url)
}

export const urlTemplate = (span: Span): string | undefined =>
  Attributes.text(span.attributes, 'url.template')

export const dbSystem = (span: Span): string | undefined =>
  Attributes.firstText(span.attributes, DB_SYSTEM)

/** The text of a query, as the instrumentation recorded it. */
export const dbQueryText = (span: Span): string | undefined =>
  Attributes.firstText(span.attributes, DB_QUERY_TEXT)

/** The name of a query's operation: `SELECT`. */
export const dbOperation = (span: Span): string | undefined =>
  Attributes.firstText(span.attributes, DB_OPERATION)

export const rpcService = (span: Span): string | undefined =>
  Attributes.text(span.attributes, 'rpc.service')

export const rpcStatus = (span: Span): number | undefined =>
  Attributes.integer(span.attributes, 'rpc.grpc.status_code') ??
  Attributes.integer(span.attributes, 'rpc.response.status_code')

export const messagingSystem = (span: Span): string | undefined =>
  Attributes.text(span.attributes, 'messaging.system')

/** `send`, `receive`, `process`, `settle`, `create`; the older `publish` and `deliver` among them. */
export const messagingOperation = (span: Span): string | undefined =>
  Attributes.firstText(span.attributes, MESSAGING_OPERATION)

export const faasTrigger = (span: Span): string | undefined =>
  Attributes.text(span.attributes, 'faas.trigger')

const HTTP_ROUTE = ['http.route']
const URL_PATH = ['url.path', 'http.target']
const URL_FULL = ['url.full', 'http.url']
const DB_SYSTEM = ['db.system.name', 'db.system']
const DB_QUERY_TEXT = ['db.query.text', 'db.statement']
const DB_OPERATION = ['db.operation.name', 'db.operation']
const MESSAGING_OPERATION = ['messaging.operation.type', 'messaging.operation']

const cutAtQuery = (text: string): string => {
  const end = text.search(/[?#]/)
  return end === -1 ? text : text.slice(0, end)
}

const sanitizeUrl = (url: string): string => {
  const bare = cutAtQuery(url)
  const authority = bare.indexOf('://') + 3
  if (authority < 3) return bare
  const slash = bare.indexOf('/', authority)
  const host = slash === -1 ? bare.slice(authority) : bare.slice(authority, slash)
  const named = host.slice(host.lastIndexOf('@') + 1)
  const port = bare.startsWith('https:') ? ':443' : bare.startsWith('http:') ? ':80' : undefined
  const shown = port !== undefined && named.endsWith(port) ? named.slice(0, -port.length) : named
  return bare.slice(0, authority) + shown + (slash === -1 ? '' : bare.slice(slash))
}
