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
 * console.log(Conventions.dbQueryText.reads) // [ 'db.query.text', 'db.statement' ]
 * ```
 */

import { frozen } from '../internal/frozen.ts'
import * as Url from '../internal/text/Url.ts'
import * as Attributes from '../model/Attributes.ts'
import * as FirstLetters from './FirstLetters.ts'
import { reading, type SpanFunction } from './SpanFunction.ts'

// constructors

/** The first of the keys that holds a text that is not empty. */
const textOf = (...keys: ReadonlyArray<string>): SpanFunction<string | undefined> => {
  const wanted = FirstLetters.ofKeys(keys)
  // hot: most spans have no key of a given convention.
  return reading(keys, (span, letters = FirstLetters.every) =>
    FirstLetters.mayHave(letters, wanted) ? Attributes.firstText(span.attributes, keys) : undefined,
  )
}

const isPresent = (fact: SpanFunction<unknown>): SpanFunction<boolean> =>
  reading([fact], (span, letters) => fact(span, letters) !== undefined)

// requests

const methodOf = textOf('http.request.method', 'http.method')

const originalMethodOf = textOf('http.request.method_original')

/** The request's method. One that the conventions do not know is given as it was sent. */
export const httpMethod: SpanFunction<string | undefined> = reading(
  [methodOf, originalMethodOf],
  (span, letters) => {
    const method = methodOf(span, letters)
    return method === '_OTHER' ? (originalMethodOf(span, letters) ?? method) : method
  },
)

const HTTP_STATUS = ['http.response.status_code', 'http.status_code'] as const

const HTTP_LETTERS = FirstLetters.ofKeys(HTTP_STATUS)

export const httpStatus: SpanFunction<number | undefined> = reading(
  HTTP_STATUS,
  (span, letters = FirstLetters.every) =>
    FirstLetters.mayHave(letters, HTTP_LETTERS)
      ? (Attributes.integer(span.attributes, HTTP_STATUS[0]) ??
        Attributes.integer(span.attributes, HTTP_STATUS[1]))
      : undefined,
)

export const httpRoute: SpanFunction<string | undefined> = textOf('http.route')

const pathOf = textOf('url.path', 'http.target')

/** The path of the request, without query and fragment. */
export const urlPath: SpanFunction<string | undefined> = reading([pathOf], (span, letters) => {
  const path = pathOf(span, letters)
  return path === undefined ? undefined : Url.withoutQuery(path)
})

const fullOf = textOf('url.full', 'http.url')

/** The whole URL without query, fragment, credentials and default port. */
export const urlFull: SpanFunction<string | undefined> = reading([fullOf], (span, letters) => {
  const url = fullOf(span, letters)
  return url === undefined ? undefined : Url.sanitize(url)
})

export const urlTemplate: SpanFunction<string | undefined> = textOf('url.template')

// GraphQL

const GRAPHQL_OPERATION = 'sentry.graphql.operation'

const NONE: ReadonlyArray<string> = frozen([])

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
export const isGraphql: SpanFunction<boolean> = isPresent(
  textOf('graphql.operation.type', 'graphql.operation.name', 'graphql.document'),
)

/** The field that a GraphQL server resolves. */
export const graphqlField: SpanFunction<string | undefined> = textOf('graphql.field.name')

// databases

export const dbSystem: SpanFunction<string | undefined> = textOf('db.system.name', 'db.system')

/** The text of a query, as the instrumentation recorded it. */
export const dbQueryText: SpanFunction<string | undefined> = textOf('db.query.text', 'db.statement')

/** The name of a query's operation: `SELECT`. */
export const dbOperation: SpanFunction<string | undefined> = textOf(
  'db.operation.name',
  'db.operation',
)

// remote calls, messages, functions

/** The service that is called, or else the RPC system. */
export const rpcService: SpanFunction<string | undefined> = textOf(
  'rpc.service',
  'rpc.system.name',
  'rpc.system',
)

const RPC_STATUS = ['rpc.grpc.status_code', 'rpc.response.status_code'] as const

const RPC_LETTERS = FirstLetters.ofKeys(RPC_STATUS)

/** A code of gRPC as its number, or its name: `5`, `'5'`, `'NOT_FOUND'`. */
export const rpcStatus: SpanFunction<number | string | undefined> = reading(
  RPC_STATUS,
  (span, letters = FirstLetters.every) =>
    FirstLetters.mayHave(letters, RPC_LETTERS)
      ? (Attributes.integer(span.attributes, RPC_STATUS[0]) ??
        Attributes.integer(span.attributes, RPC_STATUS[1]) ??
        Attributes.text(span.attributes, RPC_STATUS[1]))
      : undefined,
)

export const messagingSystem: SpanFunction<string | undefined> = textOf('messaging.system')

/** `send`, `receive`, `process`, `settle`, `create`; the older `publish` and `deliver` among them. */
export const messagingOperation: SpanFunction<string | undefined> = textOf(
  'messaging.operation.type',
  'messaging.operation',
)

export const faasTrigger: SpanFunction<string | undefined> = textOf('faas.trigger')

// generative AI

/** The task of a model or an agent: `chat`, `invoke_agent`, `execute_tool`. */
export const genAiOperation: SpanFunction<string | undefined> = textOf('gen_ai.operation.name')

/** The steps of Vercel's AI SDK: `ai.generateText`. */
export const vercelOperation: SpanFunction<string | undefined> = textOf('ai.operationId')

/** Whether the span has attributes of generative AI. */
export const isGenAi: SpanFunction<boolean> = isPresent(
  textOf('gen_ai.provider.name', 'gen_ai.system', 'gen_ai.operation.type'),
)

/** The method of the Model Context Protocol: `tools/call`. */
export const mcpMethod: SpanFunction<string | undefined> = textOf('mcp.method.name')
