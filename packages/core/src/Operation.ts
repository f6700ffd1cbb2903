/**
 * The `op` of a span: what kind of work it is, in Sentry's words. Products key on it (`db*` for queries,
 * `http.client` for requests, `queue.*` for queues).
 *
 * Source: `model/op` of getsentry/sentry-conventions; `relay-spans/src/op.rs` of getsentry/relay.
 */
import * as Attributes from './Attributes.ts'
import * as Conventions from './Conventions.ts'
import * as Rule from './Rule.ts'
import type { Span } from './Span.ts'

// rules

/** What the user or the instrumentation said outright. */
export const explicit: Rule.Rule<string> = Rule.of((span) =>
  Attributes.text(span.attributes, 'sentry.op'),
)

export const http: Rule.Rule<string> = Rule.of((span) => {
  if (Conventions.httpMethod(span) === undefined) return undefined
  return span.kind === 'SERVER' ? 'http.server' : span.kind === 'CLIENT' ? 'http.client' : 'http'
})

/** `db.query` where a query or its operation is known. */
export const database: Rule.Rule<string> = Rule.of((span) => {
  if (Conventions.dbSystem(span) === undefined) return undefined
  const isQuery =
    Conventions.dbQueryText(span) !== undefined || Conventions.dbOperation(span) !== undefined
  return isQuery ? 'db.query' : 'db'
})

export const rpc: Rule.Rule<string> = Rule.of((span) =>
  Conventions.rpcService(span) === undefined ? undefined : 'rpc',
)

export const messaging: Rule.Rule<string> = Rule.of((span) => {
  if (Conventions.messagingSystem(span) === undefined) return undefined
  const operation = Conventions.messagingOperation(span)
  return (
    (operation === undefined ? undefined : QUEUE_OPERATIONS.get(operation)) ??
    (span.kind === 'PRODUCER'
      ? 'queue.publish'
      : span.kind === 'CONSUMER'
        ? 'queue.process'
        : 'queue')
  )
})

/** The platform of a function where it is known, else what triggered it. */
export const faas: Rule.Rule<string> = Rule.of((span) => {
  const trigger = Conventions.faasTrigger(span)
  if (trigger === undefined) return undefined
  const provider =
    Attributes.text(span.resource.attributes, 'cloud.provider') ??
    Attributes.text(span.attributes, 'cloud.provider')
  return (provider === undefined ? undefined : FUNCTION_PLATFORMS.get(provider)) ?? trigger
})

/** In the order in which they are asked. */
export const rules: ReadonlyArray<Rule.Rule<string>> = [
  explicit,
  http,
  database,
  rpc,
  messaging,
  faas,
]

// destructors

/** The `op` of a span; `undefined` where nothing tells, which Sentry shows as `default`. */
export const of: (span: Span) => string | undefined = Rule.firstOf(rules)

const QUEUE_OPERATIONS: ReadonlyMap<string, string> = new Map([
  ['send', 'queue.publish'],
  ['publish', 'queue.publish'],
  ['create', 'queue.create'],
  ['receive', 'queue.receive'],
  ['process', 'queue.process'],
  ['deliver', 'queue.process'],
  ['settle', 'queue.settle'],
])

const FUNCTION_PLATFORMS: ReadonlyMap<string, string> = new Map([
  ['aws', 'function.aws'],
  ['gcp', 'function.gcp'],
  ['azure', 'function.azure'],
])
