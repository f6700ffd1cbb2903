/**
 * The name of a transaction and the source of the name. Sentry groups by the name, so it must have few values: a route
 * rather than a path. Sentry itself generalises names of source `url`.
 *
 * Source: `relay-event-normalization/src/transactions/processor.rs` of getsentry/relay.
 *
 * @example
 * ```ts
 * import { Rule, TransactionName } from '@sentry-exporter/core'
 * import { span } from '@sentry-exporter/testing/spans'
 *
 * const request = span({ attributes: { 'http.method': 'GET', 'http.route': '/orders/:id' } })
 * console.log(TransactionName.of(request)) // { name: 'GET /orders/:id', source: 'route' }
 *
 * // A custom rule before the others.
 * const shout: Rule.Rule<TransactionName.TransactionName> = Rule.of(({ name }) => ({
 *   name: name.toUpperCase(),
 *   source: 'custom',
 * }))
 * console.log(Rule.firstOf([shout, ...TransactionName.rules])(request)?.name) // WORK
 * ```
 */

import { frozen } from '../internal/frozen.ts'
import * as Url from '../internal/text/Url.ts'
import * as Attributes from '../model/Attributes.ts'
import type { Span } from '../model/Span.ts'
import * as Conventions from './Conventions.ts'
import type { FirstLetters } from './FirstLetters.ts'
import * as Frameworks from './Frameworks.ts'
import * as Messaging from './Messaging.ts'
import * as Rule from './Rule.ts'
import { needing, reading, type SpanFunction } from './SpanFunction.ts'
import * as SpanName from './SpanName.ts'

// model

export interface TransactionName {
  readonly name: string
  readonly source: 'route' | 'url' | 'custom' | 'task' | 'view' | 'component'
}

// constructors

const MAX_OPERATIONS = 5

/** Every source of a name. */
export const sources: ReadonlyArray<TransactionName['source']> = /* @__PURE__ */ frozen([
  'route',
  'url',
  'custom',
  'task',
  'view',
  'component',
])

const SOURCES: ReadonlySet<string> = new Set(sources)

const explicitSource: SpanFunction<TransactionName['source'] | undefined> = needing(
  ['sentry.source', 'sentry.span.source'],
  reading(['sentry.source', 'sentry.span.source'], (span) => {
    const source =
      Attributes.text(span.attributes, 'sentry.source') ??
      Attributes.text(span.attributes, 'sentry.span.source')
    // The set holds exactly the names of the type.
    return source !== undefined && SOURCES.has(source)
      ? (source as TransactionName['source'])
      : undefined
  }),
)

const isRequestOrQuery: SpanFunction<boolean> = needing(
  [Conventions.httpMethod, Conventions.isDatabase],
  reading(
    [Conventions.httpMethod, Conventions.isDatabase],
    (span, letters) =>
      Conventions.httpMethod(span, letters) !== undefined || Conventions.isDatabase(span, letters),
  ),
)

/** Whether the name of a request was set by hand: by its source, or by an origin that is not an instrumentation. */
const isNamedByHand: SpanFunction<boolean> = reading([explicitSource, 'sentry.origin'], (span) => {
  if (explicitSource(span) === 'custom') return true
  if (span.kind === 'SERVER' || span.kind === 'CLIENT') return false
  const origin = span.attributes['sentry.origin']
  return typeof origin === 'string' && !origin.startsWith('auto')
})

/** A name that the user set explicitly, with the source that was set with it. */
export const explicit: Rule.Rule<TransactionName> = needing(
  ['sentry.custom_span_name'],
  Rule.reading(['sentry.custom_span_name', explicitSource], (span) => {
    const name = Attributes.text(span.attributes, 'sentry.custom_span_name')
    return name === undefined || name.trim() === ''
      ? undefined
      : { name: Url.cleanName(name), source: explicitSource(span) ?? 'custom' }
  }),
)

/** `GET /orders/:id` by route, else `GET /orders/17` by path, else the method and the URL. */
export const http: Rule.Rule<TransactionName> = needing(
  [Conventions.httpMethod],
  Rule.reading(
    [
      Conventions.httpMethod,
      Conventions.isQueryOverHttp,
      Frameworks.step,
      isNamedByHand,
      Conventions.httpRoute,
      Conventions.urlTemplate,
      Conventions.urlPath,
      Conventions.urlFull,
      Conventions.graphqlOperations,
    ],
    (span, letters) => {
      const method = Conventions.httpMethod(span, letters)
      if (method === undefined || isNamedByHand(span, letters)) return undefined
      // A query, or a step of a framework, has the attributes of its request as well.
      if (Conventions.isQueryOverHttp(span, letters)) return undefined
      if (Frameworks.step(span, letters) !== undefined) return undefined
      const route = Conventions.httpRoute(span, letters) ?? Conventions.urlTemplate(span, letters)
      if (route !== undefined) return request(span, method, route, 'route')
      const path = pathOf(span, letters)
      return path === undefined
        ? undefined
        : request(span, method, path, path === '/' ? 'route' : 'url')
    },
  ),
)

/** A client calls a host, so that the URL comes first; a server is one, so that the path does. */
const pathOf = (span: Span, letters: FirstLetters | undefined): string | undefined =>
  span.kind === 'CLIENT'
    ? (Conventions.urlFull(span, letters) ?? Conventions.urlPath(span, letters))
    : (Conventions.urlPath(span, letters) ?? Conventions.urlFull(span, letters))

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

/** Names of remote procedures, topics, jobs and functions have few values by their nature. */
export const named: Rule.Rule<TransactionName> = Rule.reading(
  [
    Conventions.rpcService,
    Messaging.of,
    Conventions.isFunction,
    isRequestOrQuery,
    SpanName.of,
    explicitSource,
  ],
  (span, letters) => {
    const isNamed =
      Conventions.rpcService(span, letters) !== undefined ||
      Messaging.of(span, letters) !== undefined ||
      Messaging.ofKind(span) !== undefined ||
      Conventions.isFunction(span, letters)
    return isNamed && !isRequestOrQuery(span, letters)
      ? { name: SpanName.of(span, letters), source: explicitSource(span) ?? 'route' }
      : undefined
  },
)

/** A page that a browser loaded is named by its path. */
export const page: Rule.Rule<TransactionName> = needing(
  [Frameworks.address],
  Rule.reading([Frameworks.address, explicitSource], (span, letters) => {
    const source = explicitSource(span) ?? 'url'
    const name = Frameworks.address(span, letters)
    return name === undefined ? undefined : { name, source }
  }),
)

/** The span's own name, which has few values by OpenTelemetry's rules. A query that is a transaction is a task. */
export const own: Rule.Rule<TransactionName> = Rule.reading(
  [SpanName.of, explicitSource, isRequestOrQuery],
  (span, letters) => ({
    name: SpanName.of(span, letters),
    source:
      explicitSource(span) ??
      (!Conventions.isDatabase(span, letters) || Conventions.httpMethod(span, letters) !== undefined
        ? 'custom'
        : 'task'),
  }),
)

/** In the order in which they apply. */
export const rules: ReadonlyArray<Rule.Rule<TransactionName>> = /* @__PURE__ */ frozen([
  explicit,
  http,
  named,
  page,
  own,
])

const first = Rule.firstOf(rules)

/** The name of the transaction that a span is the root of. */
export const of: SpanFunction<TransactionName> = reading(
  [first, SpanName.of],
  (span, letters) => first(span, letters) ?? { name: SpanName.of(span, letters), source: 'custom' },
)
