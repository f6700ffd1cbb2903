/**
 * The name of a transaction and where it comes from. Sentry groups by the name, so it must be one of few: a route
 * rather than a path. It makes names of source `url` less varied itself.
 *
 * Source: `relay-event-normalization/src/transactions/processor.rs` of getsentry/relay.
 */

import * as Url from '../internal/text/Url.ts'
import * as Attributes from '../model/Attributes.ts'
import type { Span } from '../model/Span.ts'
import * as Conventions from './Conventions.ts'
import * as Rule from './Rule.ts'
import * as SpanName from './SpanName.ts'

// model

export interface TransactionName {
  readonly name: string
  readonly source: 'route' | 'url' | 'custom' | 'task' | 'view' | 'component'
}

// rules

/** A name that the user set outright, with the source that was set beside it. */
export const explicit: Rule.Rule<TransactionName> = Rule.of((span) => {
  const name = Attributes.text(span.attributes, 'sentry.custom_span_name')
  return name === undefined || name.trim() === ''
    ? undefined
    : { name: Url.cleanName(name), source: explicitSource(span) ?? 'custom' }
})

/** `GET /orders/:id` by route, else `GET /orders/17` by path, else the method and the URL. */
export const http: Rule.Rule<TransactionName> = Rule.of((span) => {
  const method = Conventions.httpMethod(span)
  if (method === undefined || isNamedByHand(span)) return undefined
  const route = Conventions.httpRoute(span) ?? Conventions.urlTemplate(span)
  if (route !== undefined) return request(span, method, route, 'route')
  const isClient = span.kind === 'CLIENT'
  const path = isClient
    ? (Conventions.urlFull(span) ?? Conventions.urlPath(span))
    : (Conventions.urlPath(span) ?? Conventions.urlFull(span))
  return path === undefined
    ? undefined
    : request(span, method, path, path === '/' ? 'route' : 'url')
})

/** Names of remote procedures, topics and functions are few by their nature. */
export const named: Rule.Rule<TransactionName> = Rule.of((span) => {
  const isNamed =
    Conventions.rpcService(span) !== undefined ||
    Conventions.messagingSystem(span) !== undefined ||
    Conventions.faasTrigger(span) !== undefined
  return isNamed && !isRequestOrQuery(span)
    ? { name: SpanName.of(span), source: explicitSource(span) ?? 'route' }
    : undefined
})

/** The span's own name, by OpenTelemetry's rules one of few. A query that is a transaction is a task. */
export const own: Rule.Rule<TransactionName> = Rule.of((span) => ({
  name: SpanName.of(span),
  source:
    explicitSource(span) ??
    (Conventions.dbSystem(span) === undefined || Conventions.httpMethod(span) !== undefined
      ? 'custom'
      : 'task'),
}))

/** In the order in which they are asked. */
export const rules: ReadonlyArray<Rule.Rule<TransactionName>> = [explicit, http, named, own]

// destructors

/** The name of the transaction that a span is the root of. */
export const of = (span: Span): TransactionName =>
  first(span) ?? { name: SpanName.of(span), source: 'custom' }

const first = Rule.firstOf(rules)

const isRequestOrQuery = (span: Span): boolean =>
  Conventions.httpMethod(span) !== undefined || Conventions.dbSystem(span) !== undefined

/** Whether the name of a request was set by hand: by its source, or by an origin that is no instrumentation. */
const isNamedByHand = (span: Span): boolean => {
  if (explicitSource(span) === 'custom') return true
  if (span.kind === 'SERVER' || span.kind === 'CLIENT') return false
  const origin = span.attributes['sentry.origin']
  return typeof origin === 'string' && !origin.startsWith('auto')
}

const request = (
  span: Span,
  method: string,
  path: string,
  source: TransactionName['source'],
): TransactionName => {
  // Some frameworks put the method into the route.
  const name = path.startsWith(`${method} `) ? path : `${method} ${path}`
  const operations = Conventions.graphqlOperations(span)
  return {
    name: operations.length === 0 ? name : `${name} (${listed(operations)})`,
    source: explicitSource(span) ?? source,
  }
}

const listed = (operations: ReadonlyArray<string>): string => {
  const sorted = [...operations].sort()
  const more = sorted.length - MAX_OPERATIONS
  return sorted.slice(0, MAX_OPERATIONS).join(', ') + (more > 0 ? `, +${more}` : '')
}

const MAX_OPERATIONS = 5

const SOURCES: ReadonlySet<string> = new Set([
  'route',
  'url',
  'custom',
  'task',
  'view',
  'component',
])

const explicitSource = (span: Span): TransactionName['source'] | undefined => {
  const source =
    Attributes.text(span.attributes, 'sentry.source') ??
    Attributes.text(span.attributes, 'sentry.span.source')
  // The set holds exactly the names of the type.
  return source !== undefined && SOURCES.has(source)
    ? (source as TransactionName['source'])
    : undefined
}
