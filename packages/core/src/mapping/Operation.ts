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
import * as Rule from './Rule.ts'
import type { SpanFunction } from './SpanFunction.ts'

// constructors

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

const GRAPHQL_STEP = /^graphql\.(execute|mutation|parse|query|resolve|subscription|validate)/

const EXPLICIT = ['sentry.op']

/** The operation that the user or the instrumentation set explicitly. */
export const explicit: Rule.Rule<string> = Rule.reading(EXPLICIT, (span) =>
  Attributes.firstText(span.attributes, EXPLICIT),
)

export const http: Rule.Rule<string> = Rule.reading(
  [Conventions.httpMethod, 'sentry.http.prefetch'],
  (span, letters) => {
    if (Conventions.httpMethod(span, letters) === undefined) return undefined
    const op =
      span.kind === 'SERVER' ? 'http.server' : span.kind === 'CLIENT' ? 'http.client' : 'http'
    return span.attributes['sentry.http.prefetch'] === true ? `${op}.prefetch` : op
  },
)

/** `db.query` where a query or its operation is known. */
export const database: Rule.Rule<string> = Rule.reading(
  [Conventions.dbSystem, Conventions.dbQueryText, Conventions.dbOperation],
  (span, letters) => {
    if (Conventions.dbSystem(span, letters) === undefined) return undefined
    const isQuery =
      Conventions.dbQueryText(span, letters) !== undefined ||
      Conventions.dbOperation(span, letters) !== undefined
    return isQuery ? 'db.query' : 'db'
  },
)

/** A call of a server of the Model Context Protocol; it comes before `genAi`, whose attributes such spans have too. */
export const mcp: Rule.Rule<string> = Rule.reading([Conventions.mcpMethod], (span, letters) =>
  Conventions.mcpMethod(span, letters) === undefined ? undefined : 'mcp.server',
)

/** Products key on the prefix. Vercel's AI SDK names the task in an attribute of its own. */
export const genAi: Rule.Rule<string> = Rule.reading(
  [Conventions.genAiOperation, Conventions.vercelOperation, Conventions.isGenAi],
  (span, letters) => {
    const operation = Conventions.genAiOperation(span, letters)
    if (operation !== undefined) return `gen_ai.${operation}`
    const vercel = Conventions.vercelOperation(span, letters)
    if (vercel !== undefined) return `gen_ai.${fromVercel(vercel)}`
    return Conventions.isGenAi(span, letters) ? 'gen_ai' : undefined
  },
)

export const rpc: Rule.Rule<string> = Rule.reading([Conventions.rpcService], (span, letters) =>
  Conventions.rpcService(span, letters) === undefined ? undefined : 'rpc',
)

export const messaging: Rule.Rule<string> = Rule.reading(
  [Conventions.messagingSystem, Conventions.messagingOperation],
  (span, letters) => {
    if (Conventions.messagingSystem(span, letters) === undefined) return undefined
    const operation = Conventions.messagingOperation(span, letters)
    return (
      (operation === undefined ? undefined : QUEUE_OPERATIONS.get(operation)) ??
      (span.kind === 'PRODUCER'
        ? 'queue.publish'
        : span.kind === 'CONSUMER'
          ? 'queue.process'
          : 'queue')
    )
  },
)

/** The platform of a function where it is known, else the trigger. */
export const faas: Rule.Rule<string> = Rule.reading(
  [Conventions.faasTrigger, 'cloud.provider'],
  (span, letters) => {
    const trigger = Conventions.faasTrigger(span, letters)
    if (trigger === undefined) return undefined
    const provider =
      Attributes.text(span.resource.attributes, 'cloud.provider') ??
      Attributes.text(span.attributes, 'cloud.provider')
    return (provider === undefined ? undefined : FUNCTION_PLATFORMS.get(provider)) ?? trigger
  },
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

/** In the order in which they apply. */
export const rules: ReadonlyArray<Rule.Rule<string>> = frozen([
  explicit,
  http,
  database,
  mcp,
  genAi,
  rpc,
  messaging,
  faas,
  graphql,
])

/** `ai.generateText` is an agent's turn, `ai.generateText.doGenerate` a call of the model within it. */
const fromVercel = (operationId: string): string => {
  if (operationId.startsWith('ai.embed')) return 'embeddings'
  if (operationId === 'ai.toolCall') return 'execute_tool'
  return operationId.includes('.do') ? 'generate_content' : 'invoke_agent'
}

/** The `op` of a span; `undefined` where no rule answers, which Sentry shows as `default`. */
export const of: SpanFunction<string | undefined> = Rule.firstOf(rules)
