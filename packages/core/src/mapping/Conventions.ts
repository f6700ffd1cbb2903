/**
 * Facts about a span in OpenTelemetry's semantic conventions, of whichever generation: each function reads the stable
 * attribute first and the older ones after it, and names these keys.
 *
 * Source: `model/attributes/**` of getsentry/sentry-conventions, and opentelemetry.io/docs/specs/semconv.
 *
 * @example
 * ```ts
 * import { Conventions } from '@sentry-exporter/core'
 * import { span } from '@sentry-exporter/testing/spans'
 *
 * const query = span({ attributes: { 'db.statement': 'SELECT 1' } })
 * console.log(Conventions.dbQueryText(query)) // SELECT 1
 * console.log(Conventions.dbOperation.reads) // [ 'db.operation.name', 'db.operation' ]
 * ```
 */

import { frozen } from '../internal/frozen.ts'
import * as Attributes from '../model/Attributes.ts'
import * as FirstLetters from './FirstLetters.ts'
import { needing, reading, type SpanFunction } from './SpanFunction.ts'
import { hasKey, textOf } from './textOf.ts'

// constructors

// requests

export {
  httpMethod,
  httpRoute,
  httpSide,
  httpStatus,
  urlFull,
  urlPath,
  urlTemplate,
} from './Requests.ts'

// GraphQL

const GRAPHQL_OPERATION = 'sentry.graphql.operation'

const NONE: ReadonlyArray<string> = /* @__PURE__ */ frozen([])

/** The operations of a request to a GraphQL server, as the instrumentation of Sentry's SDKs names them. */
export const graphqlOperations: SpanFunction<ReadonlyArray<string>> = reading(
  [GRAPHQL_OPERATION],
  (span) => {
    const value = span.attributes[GRAPHQL_OPERATION]
    if (value === undefined) return NONE
    return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')
  },
)

/** Whether the span has attributes of a GraphQL request. */
export const isGraphql: SpanFunction<boolean> = hasKey(
  'graphql.operation.type',
  'graphql.operation.name',
  'graphql.document',
)

/** The field that a GraphQL server resolves. */
export const graphqlField: SpanFunction<string | undefined> = textOf('graphql.field.name')

// databases

/** The database; `db.type` is that of OpenTracing. */
export const dbSystem: SpanFunction<string | undefined> = textOf(
  'db.system.name',
  'db.system',
  'db.type',
)

/** The text of a query, as the instrumentation recorded it; Micrometer's for JDBC and R2DBC have keys of their own. */
export const dbQueryText: SpanFunction<string | undefined> = textOf(
  'db.query.text',
  'db.statement',
  'jdbc.query[0]',
  'r2dbc.query[0]',
  'jdbc.query',
)

/** The name of a query's operation: `SELECT`. */
export const dbOperation: SpanFunction<string | undefined> = textOf(
  'db.operation.name',
  'db.operation',
)

/** Whether the span is of a database. Prisma and others record a query without a system. */
export const isDatabase: SpanFunction<boolean> = needing(
  [dbSystem, dbQueryText],
  reading(
    [dbSystem, dbQueryText],
    (span, letters) =>
      dbSystem(span, letters) !== undefined || dbQueryText(span, letters) !== undefined,
  ),
)

/**
 * Whether the span is a query that was sent by HTTP, as those of Elasticsearch, and described as a query: with its system, and
 * its text or operation.
 */
export const isQueryOverHttp: SpanFunction<boolean> = needing(
  [dbSystem],
  reading(
    [dbSystem, dbQueryText, dbOperation],
    (span, letters) =>
      dbSystem(span, letters) !== undefined &&
      (dbQueryText(span, letters) !== undefined || dbOperation(span, letters) !== undefined),
  ),
)

// remote calls, functions

/** The service that is called, or else the RPC system. */
export const rpcService: SpanFunction<string | undefined> = textOf(
  'rpc.service',
  'rpc.system.name',
  'rpc.system',
)

const RPC_STATUS = [
  'rpc.grpc.status_code',
  'grpc.status_code',
  'rpc.response.status_code',
  'rpc.connect_rpc.error_code',
] as const

const RPC_LETTERS = FirstLetters.ofKeys(RPC_STATUS)

/**
 * A code of gRPC as its number, or its name: `5`, `'5'`, `'NOT_FOUND'`. Envoy, Istio and Micrometer call it
 * `grpc.status_code`, also on spans of HTTP.
 */
export const rpcStatus: SpanFunction<number | string | undefined> = needing(
  [...RPC_STATUS],
  reading(RPC_STATUS, (span, letters = FirstLetters.every) => {
    if (!FirstLetters.mayHave(letters, RPC_LETTERS)) return undefined
    for (const key of RPC_STATUS) {
      const code = Attributes.integer(span.attributes, key) ?? Attributes.text(span.attributes, key)
      if (code !== undefined && code !== '') return code
    }
    return undefined
  }),
)

/** The mark of OpenTracing, which Envoy sets as well. */
export const isMarkedAsError: SpanFunction<boolean> = needing(
  ['error'],
  reading(['error'], ({ attributes: { error } }) => error === true || error === 'true'),
)

export const faasTrigger: SpanFunction<string | undefined> = textOf('faas.trigger')

/** Whether the span is a run of a function, whatever triggered it: instrumentations of Lambda do not record that. */
export const isFunction: SpanFunction<boolean> = hasKey(
  'faas.trigger',
  'faas.invocation_id',
  'faas.execution',
  'faas.coldstart',
)

export const messagingSystem: SpanFunction<string | undefined> = textOf('messaging.system')

/**
 * `send`, `receive`, `process`, `settle`, `create`; the older `publish` and `deliver`, the names of a system, and those of Celery
 * among them.
 */
export const messagingOperation: SpanFunction<string | undefined> = textOf(
  'messaging.operation.type',
  'messaging.operation',
  'messaging.operation.name',
  'celery.action',
)

/** Whether the span has an attribute of a message; not every instrumentation names the system. */
export const isMessaging: SpanFunction<boolean> = hasKey(
  'messaging.system',
  'messaging.operation.type',
  'messaging.operation',
  'messaging.operation.name',
  'messaging.destination.name',
  'messaging.destination',
  'messaging.message.id',
  'message_bus.destination',
  'celery.action',
)

// generative AI

/** The task of a model or an agent: `chat`, `invoke_agent`, `execute_tool`. */
export const genAiOperation: SpanFunction<string | undefined> = textOf('gen_ai.operation.name')

/** The steps of Vercel's AI SDK: `ai.generateText`. */
export const vercelOperation: SpanFunction<string | undefined> = textOf('ai.operationId')

/** Whether the span has attributes of generative AI. */
export const isGenAi: SpanFunction<boolean> = hasKey(
  'gen_ai.provider.name',
  'gen_ai.system',
  'gen_ai.operation.type',
)

/** The method of the Model Context Protocol: `tools/call`. */
export const mcpMethod: SpanFunction<string | undefined> = textOf('mcp.method.name')
