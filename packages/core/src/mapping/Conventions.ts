/**
 * What spans say in OpenTelemetry's semantic conventions, whichever generation they were written in: each function
 * reads the stable attribute first and the older ones after it.
 *
 * Source: `model/attributes/**` of getsentry/sentry-conventions, and opentelemetry.io/docs/specs/semconv.
 */

import * as Url from '../internal/text/Url.ts'
import * as Attributes from '../model/Attributes.ts'
import type { Span } from '../model/Span.ts'

// destructors

/** The request's method. One that the conventions do not know is given as it was sent. */
export const httpMethod = (span: Span): string | undefined => {
  const method = first(span, HTTP_METHOD)
  return method === '_OTHER' ? (first(span, HTTP_METHOD_ORIGINAL) ?? method) : method
}

export const httpStatus = (span: Span): number | undefined =>
  mayHave(span.attributes, 'http')
    ? (Attributes.integer(span.attributes, 'http.response.status_code') ??
      Attributes.integer(span.attributes, 'http.status_code'))
    : undefined

export const httpRoute = (span: Span): string | undefined => first(span, HTTP_ROUTE)

/** The path of the request, without query and fragment. */
export const urlPath = (span: Span): string | undefined => {
  const path = Attributes.firstText(span.attributes, URL_PATH)
  return path === undefined ? undefined : Url.withoutQuery(path)
}

/** The whole URL without query, fragment, credentials and default port. */
export const urlFull = (span: Span): string | undefined => {
  const url = Attributes.firstText(span.attributes, URL_FULL)
  return url === undefined ? undefined : Url.sanitize(url)
}

export const urlTemplate = (span: Span): string | undefined => first(span, URL_TEMPLATE)

/** The operations of a request to a GraphQL server, as the instrumentation of Sentry's SDKs names them. */
export const graphqlOperations = (span: Span): ReadonlyArray<string> => {
  const value = span.attributes['sentry.graphql.operation']
  if (value === undefined) return NONE
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')
}

/** Whether the span says anything of a GraphQL request. */
export const isGraphql = (span: Span): boolean => first(span, GRAPHQL) !== undefined

/** The field that a GraphQL server resolves. */
export const graphqlField = (span: Span): string | undefined => first(span, GRAPHQL_FIELD)

export const dbSystem = (span: Span): string | undefined => first(span, DB_SYSTEM)

/** The text of a query, as the instrumentation recorded it. */
export const dbQueryText = (span: Span): string | undefined => first(span, DB_QUERY_TEXT)

/** The name of a query's operation: `SELECT`. */
export const dbOperation = (span: Span): string | undefined => first(span, DB_OPERATION)

/** The service that is called; where only its system is told, that. */
export const rpcService = (span: Span): string | undefined => first(span, RPC_SERVICE)

/** A code of gRPC as its number, or its name: `5`, `'5'`, `'NOT_FOUND'`. */
export const rpcStatus = (span: Span): number | string | undefined =>
  mayHave(span.attributes, 'rpc')
    ? (Attributes.integer(span.attributes, 'rpc.grpc.status_code') ??
      Attributes.integer(span.attributes, 'rpc.response.status_code') ??
      Attributes.text(span.attributes, 'rpc.response.status_code'))
    : undefined

export const messagingSystem = (span: Span): string | undefined => first(span, MESSAGING_SYSTEM)

/** `send`, `receive`, `process`, `settle`, `create`; the older `publish` and `deliver` among them. */
export const messagingOperation = (span: Span): string | undefined =>
  first(span, MESSAGING_OPERATION)

export const faasTrigger = (span: Span): string | undefined => first(span, FAAS_TRIGGER)

/** What a model or an agent was asked to do: `chat`, `invoke_agent`, `execute_tool`. */
export const genAiOperation = (span: Span): string | undefined => first(span, GEN_AI_OPERATION)

/** The steps of Vercel's AI SDK: `ai.generateText`. */
export const vercelOperation = (span: Span): string | undefined => first(span, VERCEL_OPERATION)

/** Whether the span says anything of generative AI. */
export const isGenAi = (span: Span): boolean => first(span, GEN_AI) !== undefined

/** The method of the Model Context Protocol: `tools/call`. */
export const mcpMethod = (span: Span): string | undefined => first(span, MCP_METHOD)

/** hot: most spans say nothing of what is asked for, and no key of theirs starts as these keys do, which start alike. */
const first = (span: Span, keys: ReadonlyArray<string>): string | undefined =>
  mayHave(span.attributes, keys[0] ?? '') ? Attributes.firstText(span.attributes, keys) : undefined

const mayHave = (attributes: Attributes.Attributes, key: string): boolean => {
  // Kept for the last attributes: several questions in a row are about the same. They are never changed in place.
  if (attributes !== lastAttributes) {
    lastLetters = 0
    for (const one in attributes) lastLetters |= 1 << (one.charCodeAt(0) & 31)
    lastAttributes = attributes
  }
  return (lastLetters & (1 << (key.charCodeAt(0) & 31))) !== 0
}

let lastAttributes: Attributes.Attributes = Attributes.empty
let lastLetters = 0

const NONE: ReadonlyArray<string> = []
const HTTP_METHOD = ['http.request.method', 'http.method']
const HTTP_METHOD_ORIGINAL = ['http.request.method_original']
const HTTP_ROUTE = ['http.route']
const URL_PATH = ['url.path', 'http.target']
const URL_FULL = ['url.full', 'http.url']
const URL_TEMPLATE = ['url.template']
const DB_SYSTEM = ['db.system.name', 'db.system']
const DB_QUERY_TEXT = ['db.query.text', 'db.statement']
const DB_OPERATION = ['db.operation.name', 'db.operation']
const MESSAGING_OPERATION = ['messaging.operation.type', 'messaging.operation']

const MESSAGING_SYSTEM = ['messaging.system']
const RPC_SERVICE = ['rpc.service', 'rpc.system.name', 'rpc.system']
const FAAS_TRIGGER = ['faas.trigger']
const GEN_AI_OPERATION = ['gen_ai.operation.name']
const GEN_AI = ['gen_ai.provider.name', 'gen_ai.system', 'gen_ai.operation.type']
const MCP_METHOD = ['mcp.method.name']
const GRAPHQL = ['graphql.operation.type', 'graphql.operation.name', 'graphql.document']
const GRAPHQL_FIELD = ['graphql.field.name']
const VERCEL_OPERATION = ['ai.operationId']
