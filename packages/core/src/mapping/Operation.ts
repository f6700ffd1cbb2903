/**
 * The `op` of a span: the kind of its work, in Sentry's terms. Products key on it (`db*` for queries, `http.client` for
 * requests, `queue.*` for queues).
 *
 * Source: `model/op` of getsentry/sentry-conventions; `relay-spans/src/op.rs` of getsentry/relay.
 *
 * @example
 * ```ts
 * import { Operation, Rule } from '@sentry-exporter/core'
 * import { span } from '@sentry-exporter/testing/spans'
 *
 * const request = span({ kind: 'CLIENT', attributes: { 'http.method': 'GET' } })
 * console.log(Operation.of(request), Operation.of(span())) // http.client undefined
 *
 * // All rules but the one for requests.
 * const op = Rule.firstOf(Operation.rules.filter((rule) => rule !== Operation.http))
 * console.log(op(request)) // undefined
 * ```
 */
import { frozen } from '../internal/frozen.ts'
import * as Attributes from '../model/Attributes.ts'
import * as Conventions from './Conventions.ts'
import * as Frameworks from './Frameworks.ts'
import * as GenAi from './GenAi.ts'
import * as Messaging from './Messaging.ts'
import * as Rule from './Rule.ts'
import { needing, type SpanFunction } from './SpanFunction.ts'

// constructors

const FUNCTION_PLATFORMS: ReadonlyMap<string, string> = new Map([
  ['aws', 'function.aws'],
  ['gcp', 'function.gcp'],
  ['azure', 'function.azure'],
])

/** Values of `cloud.platform` of functions: they begin with the provider, which may not be recorded. */
const PLATFORM_PROVIDER = /^(aws|gcp|azure)[_.]/

const GRAPHQL_STEP = /^graphql\.(execute|mutation|parse|query|resolve|subscription|validate)/

const EXPLICIT = ['sentry.op']

/** The operation that the user or the instrumentation set explicitly. */
export const explicit: Rule.Rule<string> = needing(
  [...EXPLICIT],
  Rule.reading(EXPLICIT, (span) => Attributes.firstText(span.attributes, EXPLICIT)),
)

/** A step of a web framework within a request: `middleware.express`, `request_handler.express`, `handler.nestjs`. */
export const framework: Rule.Rule<string> = needing(
  [Frameworks.step, Frameworks.next],
  Rule.reading(
    [Frameworks.step, Frameworks.next],
    (span, letters) => Frameworks.step(span, letters) ?? Frameworks.next(span, letters),
  ),
)

export const http: Rule.Rule<string> = needing(
  [Conventions.httpMethod],
  Rule.reading(
    [
      Conventions.httpMethod,
      Conventions.httpSide,
      Conventions.isQueryOverHttp,
      'sentry.http.prefetch',
    ],
    (span, letters) => {
      if (Conventions.httpMethod(span, letters) === undefined) return undefined
      if (Conventions.isQueryOverHttp(span, letters)) return undefined
      const side = Conventions.httpSide(span, letters)
      const op = side === undefined ? 'http' : `http.${side}`
      return span.attributes['sentry.http.prefetch'] === true ? `${op}.prefetch` : op
    },
  ),
)

/** `db.query` where a query or its operation is known. The text of a query is enough. */
export const database: Rule.Rule<string> = needing(
  [Conventions.dbQueryText, Conventions.dbSystem],
  Rule.reading(
    [Conventions.dbSystem, Conventions.dbQueryText, Conventions.dbOperation],
    (span, letters) => {
      if (Conventions.dbQueryText(span, letters) !== undefined) return 'db.query'
      if (Conventions.dbSystem(span, letters) === undefined) return undefined
      return Conventions.dbOperation(span, letters) === undefined ? 'db' : 'db.query'
    },
  ),
)

/** A call of a server of the Model Context Protocol; it comes before `genAi`, whose attributes such spans have too. */
export const mcp: Rule.Rule<string> = needing(
  [Conventions.mcpMethod],
  Rule.reading([Conventions.mcpMethod], (span, letters) =>
    Conventions.mcpMethod(span, letters) === undefined ? undefined : 'mcp.server',
  ),
)

export const genAi: Rule.Rule<string> = Rule.of(GenAi.of)

/** It comes before `rpc`: a call of SQS or SNS is both. */
export const messaging: Rule.Rule<string> = Rule.of(Messaging.of)

/** DynamoDB without the attributes of a database. */
const AWS_DATABASE = /^(?:amazon\s?)?dynamodb$/i

export const rpc: Rule.Rule<string> = needing(
  [Conventions.rpcService],
  Rule.reading([Conventions.rpcService], (span, letters) => {
    const service = Conventions.rpcService(span, letters)
    if (service === undefined) return undefined
    return AWS_DATABASE.test(service) ? 'db.query' : 'rpc'
  }),
)

/** The platform of a function where it is known, else the trigger, else `function`. */
export const faas: Rule.Rule<string> = needing(
  [Conventions.isFunction],
  Rule.reading(
    [Conventions.isFunction, Conventions.faasTrigger, 'cloud.provider', 'cloud.platform'],
    (span, letters) => {
      if (span.kind === 'CLIENT' || !Conventions.isFunction(span, letters)) return undefined
      const of = (key: string): string | undefined =>
        Attributes.text(span.resource.attributes, key) ?? Attributes.text(span.attributes, key)
      const provider =
        of('cloud.provider') ?? PLATFORM_PROVIDER.exec(of('cloud.platform') ?? '')?.[1]
      return (
        (provider === undefined ? undefined : FUNCTION_PLATFORMS.get(provider)) ??
        Conventions.faasTrigger(span, letters) ??
        'function'
      )
    },
  ),
)

/** A step of a GraphQL server. Its instrumentation names most steps, and marks only some by attributes. */
export const graphql: Rule.Rule<string> = Rule.reading(
  [Conventions.graphqlField, Conventions.isGraphql],
  (span, letters) => {
    if (span.name.startsWith('graphql.')) {
      const [, step] = GRAPHQL_STEP.exec(span.name) ?? []
      return `graphql.${step ?? 'execute'}`
    }
    if (Conventions.graphqlField(span, letters) !== undefined) return 'graphql.resolve'
    return Conventions.isGraphql(span, letters) ? 'graphql.execute' : undefined
  },
)

/**
 * By the name or the kind of the span alone: `documentLoad`, `RunWorkflow:Order`; PRODUCER and CONSUMER are the kinds of messages
 * and jobs.
 */
export const named: Rule.Rule<string> = Rule.reading(
  [Frameworks.named],
  (span, letters) => Frameworks.named(span, letters) ?? Messaging.ofKind(span),
)

/** In the order in which they apply. */
export const rules: ReadonlyArray<Rule.Rule<string>> = /* @__PURE__ */ frozen([
  explicit,
  framework,
  http,
  database,
  mcp,
  genAi,
  messaging,
  rpc,
  faas,
  graphql,
  named,
])

/** The `op` of a span; `undefined` where no rule answers, which Sentry shows as `default`. */
export const of: SpanFunction<string | undefined> = Rule.firstOf(rules)
