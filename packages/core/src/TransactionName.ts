/**
 * The name of a transaction and where it comes from. Sentry groups by the name, so it must be one of few: a route
 * rather than a path. It makes names of source `url` less varied itself.
 *
 * Source: `relay-event-normalization/src/transactions/processor.rs` of getsentry/relay.
 */
import * as Attributes from './Attributes.ts'
import * as Conventions from './Conventions.ts'
import * as Rule from './Rule.ts'
import type { Span } from './Span.ts'

// model

export interface TransactionName {
  readonly name: string
  readonly source: 'route' | 'url' | 'custom' | 'task' | 'view' | 'component'
}

// rules

/** A name that the user set outright, with the source that was set beside it. */
export const explicit: Rule.Rule<TransactionName> = Rule.of((span) => {
  const name = Attributes.text(span.attributes, 'sentry.custom_span_name')
  return name === undefined ? undefined : { name, source: explicitSource(span) ?? 'custom' }
})

/** `GET /orders/:id` by route, else `GET /orders/17` by path, else the method and the URL. */
export const http: Rule.Rule<TransactionName> = Rule.of((span) => {
  const method = Conventions.httpMethod(span)
  if (method === undefined) return undefined
  const route = Conventions.httpRoute(span) ?? Conventions.urlTemplate(span)
  if (route !== undefined) return { name: `${method} ${route}`, source: 'route' }
  const isClient = span.kind === 'CLIENT'
  const path = isClient
    ? (Conventions.urlFull(span) ?? Conventions.urlPath(span))
    : (Conventions.urlPath(span) ?? Conventions.urlFull(span))
  if (path === undefined) return undefined
  return { name: `${method} ${path}`, source: path === '/' ? 'route' : 'url' }
})

/** Names of remote procedures, topics and functions are few by their nature. */
export const named: Rule.Rule<TransactionName> = Rule.of((span) =>
  Conventions.rpcService(span) !== undefined ||
  Conventions.messagingSystem(span) !== undefined ||
  Conventions.faasTrigger(span) !== undefined
    ? { name: span.name, source: 'route' }
    : undefined,
)

/** The span's own name, by OpenTelemetry's rules one of few. A query that is a transaction is a task. */
export const own: Rule.Rule<TransactionName> = Rule.of((span) => ({
  name: span.name,
  source: explicitSource(span) ?? (Conventions.dbSystem(span) === undefined ? 'custom' : 'task'),
}))

/** In the order in which they are asked. */
export const rules: ReadonlyArray<Rule.Rule<TransactionName>> = [explicit, http, named, own]

// destructors

/** The name of the transaction that a span is the root of. */
export const of = (span: Span): TransactionName =>
  first(span) ?? { name: span.name, source: 'custom' }

const first = Rule.firstOf(rules)

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
