/**
 * The `op` of a span: what kind of work it is, in Sentry's words. Products key on it (`db*` for queries,
 * `http.client` for requests, `queue.*` for queues).
 *
 * Source: `model/op` of getsentry/sentry-conventions; `relay-spans/src/op.rs` of getsentry/relay.
 */
import * as Attributes from '../model/Attributes.ts'
import type { Span } from '../model/Span.ts'
import * as Conventions from './Conventions.ts'
import * as Rule from './Rule.ts'

// rules

/** What the user or the instrumentation said outright. */
export const explicit: Rule.Rule<string> = Rule.of((span) =>
  Attributes.firstText(span.attributes, EXPLICIT),
)

export const http: Rule.Rule<string> = Rule.of((span) => {
  if (Conventions.httpMethod(span) === undefined) return undefined
  const op =
    span.kind === 'SERVER' ? 'http.server' : span.kind === 'CLIENT' ? 'http.client' : 'http'
  return span.attributes['sentry.http.prefetch'] === true ? `${op}.prefetch` : op
})

/** `db.query` where a query or its operation is known. */
export const database: Rule.Rule<string> = Rule.of((span) => {
  if (Conventions.dbSystem(span) === undefined) return undefined
  const isQuery =
    Conventions.dbQueryText(span) !== undefined || Conventions.dbOperation(span) !== undefined
  return isQuery ? 'db.query' : 'db'
})

/** A call of a server of the Model Context Protocol; it comes before `genAi`, whose attributes such spans have too. */
export const mcp: Rule.Rule<string> = Rule.of((span) =>
  Conventions.mcpMethod(span) === undefined ? undefined : 'mcp.server',
)

/** Products key on the prefix; Vercel's AI SDK says in an attribute of its own what was asked for. */
export const genAi: Rule.Rule<string> = Rule.of((span) => {
  const operation = Conventions.genAiOperation(span)
  if (operation !== undefined) return `gen_ai.${operation}`
  const vercel = Conventions.vercelOperation(span)
  if (vercel !== undefined) return `gen_ai.${ofVercel(vercel)}`
  return Conventions.isGenAi(span) ? 'gen_ai' : undefined
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

/** A step of a GraphQL server. Its instrumentation names most steps, and only some by attributes. */
export const graphql: Rule.Rule<string> = Rule.of((span) => {
  if (span.name.startsWith('graphql.')) {
    const [, step] = GRAPHQL_STEP.exec(span.name) ?? []
    return `graphql.${step ?? 'execute'}`
  }
  if (Conventions.graphqlField(span) !== undefined) return 'graphql.resolve'
  return Conventions.isGraphql(span) ? 'graphql.execute' : undefined
})

/** In the order in which they are asked. */
export const rules: ReadonlyArray<Rule.Rule<string>> = [
  explicit,
  http,
  database,
  mcp,
  genAi,
  rpc,
  messaging,
  faas,
  graphql,
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

const EXPLICIT = ['sentry.op']

const GRAPHQL_STEP = /^graphql\.(execute|mutation|parse|query|resolve|subscription|validate)/

/** `ai.generateText` is an agent's turn, `ai.generateText.doGenerate` a call of the model inside of it. */
const ofVercel = (operationId: string): string => {
  if (operationId.startsWith('ai.embed')) return 'embeddings'
  if (operationId === 'ai.toolCall') return 'execute_tool'
  return operationId.includes('.do') ? 'generate_content' : 'invoke_agent'
}
