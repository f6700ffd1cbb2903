/**
 * The name of a span in Sentry's view of spans, which the server takes from `data["sentry.name"]`. It has few values. Without it
 * the server makes one of the attributes, and calls most spans after the system of their database, their method, or
 * `default`. Source: `relay-spans/src/v1_to_v2.rs` and `name.rs` of getsentry/relay; `model/name` of
 * getsentry/sentry-conventions.
 */
import * as Url from '../internal/text/Url.ts'
import * as Conventions from './Conventions.ts'
import type { FirstLetters } from './FirstLetters.ts'
import * as Rule from './Rule.ts'
import { needing, reading, type SpanFunction } from './SpanFunction.ts'
import * as SpanName from './SpanName.ts'
import { textOf } from './textOf.ts'

// constructors

export const KEY = 'sentry.name'

const summary = textOf('db.query.summary')

const collection = textOf(
  'db.collection.name',
  'db.sql.table',
  'db.mongodb.collection',
  'db.stored_procedure.name',
)

const host = textOf('server.address', 'net.peer.name', 'http.host')

/** Names that only repeat the method: `GET`, `HTTP GET`, `fetch GET https://shop.example/a`. */
const ONLY_METHOD = /^(?:(?:HTTP |http |fetch )?[A-Za-z]+|fetch [A-Z]+ \S*)$/

/** `GET /orders/:id`, else `GET shop.example` for a request whose own name only repeats its method. */
const request: Rule.Rule<string> = needing(
  [Conventions.httpMethod],
  Rule.reading(
    [
      Conventions.httpMethod,
      Conventions.isQueryOverHttp,
      Conventions.httpRoute,
      Conventions.urlTemplate,
      Conventions.urlFull,
      host,
    ],
    (span, letters) => {
      const method = Conventions.httpMethod(span, letters)
      if (method === undefined || Conventions.isQueryOverHttp(span, letters)) return undefined
      if (!ONLY_METHOD.test(span.name)) return undefined
      const place =
        Conventions.httpRoute(span, letters) ??
        Conventions.urlTemplate(span, letters) ??
        host(span, letters) ??
        hostIn(Conventions.urlFull(span, letters))
      if (place === undefined) return undefined
      return place.startsWith(`${method} `) ? place : `${method} ${place}`
    },
  ),
)

const hostIn = (url: string | undefined): string | undefined =>
  url === undefined ? undefined : /^[\w+.-]+:\/\/([^/]+)/.exec(url)?.[1]

/** The summary of a query; else its operation and what it works on: `SELECT orders`. */
const query: Rule.Rule<string> = needing(
  [summary, Conventions.dbOperation],
  Rule.reading(
    [summary, Conventions.dbOperation, collection],
    (span, letters) => summary(span, letters) ?? operated(span, letters),
  ),
)

const operated: SpanFunction<string | undefined> = needing(
  [Conventions.dbOperation],
  reading([Conventions.dbOperation, collection], (span, letters) => {
    const operation = Conventions.dbOperation(span, letters)
    const target = operation === undefined ? undefined : collection(span, letters)
    return target === undefined ? undefined : `${operation} ${target}`
  }),
)

const first = Rule.firstOf([request, query])

/** Else the span's own name, which has few values by OpenTelemetry's rules. */
export const of: SpanFunction<string> = reading(
  [first, SpanName.of],
  (span, letters?: FirstLetters) => {
    const name = first(span, letters)
    return name === undefined ? SpanName.of(span, letters) : Url.cleanName(name)
  },
)
