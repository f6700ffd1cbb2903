/**
 * Attributes of older conventions and their newer names, where the server does not add them itself: the newer one stands
 * in `data` beside the older, so that Sentry's products find it and older servers still show what they did.
 *
 * Source: `deprecation` in `model/attributes/**` of getsentry/sentry-conventions.
 */

import * as Url from '../internal/text/Url.ts'
import type { Json } from '../model/Json.ts'
import type { Span } from '../model/Span.ts'

// model

/** The newer key; or what to do with an older one. */
export type Alias = string | ((data: Record<string, Json>, span: Span, value: Json) => void)

// constructors

const put = (data: Record<string, Json>, key: string, value: Json | undefined): void => {
  if (value !== undefined && data[key] === undefined) data[key] = value
}

/** Attributes that only told us what to do, or that only we may write. */
const consumed = (key: string): readonly [string, Alias] => [
  key,
  (data) => {
    delete data[key]
  },
]

/** For servers the own side of the connection, for all others the other side. */
const onlyFor =
  (isServer: boolean, key: string): Alias =>
  (data, span, value) => {
    if ((span.kind === 'SERVER') === isServer) put(data, key, value)
  }

/** `ip_tcp` is `tcp` now. */
const transport: Alias = (data, _span, value) =>
  put(data, 'network.transport', typeof value === 'string' ? value.replace(/^ip_/, '') : undefined)

const target: Alias = (data, _span, value) => {
  if (typeof value !== 'string') return
  put(data, 'url.path', Url.withoutQuery(value))
  const [, query] = /\?([^#]+)/.exec(value) ?? []
  put(data, 'url.query', query)
}

/** The header: it may name a port. What the socket says comes first. */
const host: Alias = (data, span, value) => {
  const other = data[span.kind === 'SERVER' ? 'net.host.name' : 'net.peer.name']
  if (other !== undefined || typeof value !== 'string') return
  put(data, 'server.address', value.replace(/:\d+$/, ''))
}

const number: Alias = (data, _span, value) => {
  const code = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value
  put(data, 'http.response.status_code', code)
}

/** A code of gRPC is a text in the newer conventions. */
const rpcStatus: Alias = (data, _span, value) =>
  put(data, 'rpc.response.status_code', typeof value === 'number' ? String(value) : value)

const parameters: Alias = (data, _span, value) => {
  if (typeof value !== 'object' || value === null) return
  for (const [key, one] of Object.entries(value)) {
    put(data, `db.query.parameter.${key}`, typeof one === 'string' ? one : JSON.stringify(one))
  }
}

/** Sentry takes conversations as the text of their JSON only. */
const asText = (key: string): readonly [string, Alias] => [
  key,
  (data, _span, value) => {
    if (typeof value !== 'string') data[key] = JSON.stringify(value)
  },
]

/** By the older key. */
export const table: ReadonlyMap<string, Alias> = new Map<string, Alias>([
  ['code.filepath', 'code.file.path'],
  ['code.lineno', 'code.line.number'],
  ['db.name', 'db.namespace'],
  ['db.params', parameters],
  ['db.sql.bindings', parameters],
  ['db.sql.table', 'db.collection.name'],
  asText('gen_ai.input.messages'),
  asText('gen_ai.output.messages'),
  asText('gen_ai.response.finish_reasons'),
  asText('gen_ai.system_instructions'),
  asText('gen_ai.tool.call.arguments'),
  asText('gen_ai.tool.call.result'),
  asText('gen_ai.tool.definitions'),
  ['http.client_ip', 'client.address'],
  ['http.flavor', 'network.protocol.version'],
  ['http.host', host],
  ['http.scheme', 'url.scheme'],
  ['http.server_name', 'server.address'],
  ['http.status_code', number],
  ['http.target', target],
  ['http.url', 'url.full'],
  ['http.user_agent', 'user_agent.original'],
  ['net.host.ip', 'network.local.address'],
  ['net.host.name', onlyFor(true, 'server.address')],
  ['net.host.port', onlyFor(true, 'server.port')],
  ['net.peer.ip', 'network.peer.address'],
  ['net.peer.name', onlyFor(false, 'server.address')],
  ['net.peer.port', onlyFor(false, 'server.port')],
  ['net.protocol.name', 'network.protocol.name'],
  ['net.protocol.version', 'network.protocol.version'],
  ['net.sock.host.addr', 'network.local.address'],
  ['net.sock.peer.addr', 'network.peer.address'],
  ['net.transport', transport],
  ['route', 'http.route'],
  ['rpc.grpc.status_code', rpcStatus],
  consumed('sentry.custom_span_name'),
  consumed('sentry.op'),
  consumed('sentry.origin'),
  consumed('sentry.parentIsRemote'),
  consumed('sentry_exporter.continuation'),
  consumed('sentry_exporter.moved_seconds'),
  consumed('sentry_exporter.parent_span_id'),
  consumed('sentry_exporter.synthetic'),
  consumed('sentry_exporter.trimmed'),
  ['sentry.user.email', 'user.email'],
  ['sentry.user.id', 'user.id'],
  ['sentry.user.ip_address', 'user.ip_address'],
  ['sentry.user.username', 'user.name'],
  ['url', 'url.full'],
])

// combinators

/** Adds the twin of one key. A newer attribute that is there stays as it is. */
export const add = (data: Record<string, Json>, span: Span, key: string, twin: Alias): void => {
  const value = data[key]
  if (value === undefined) return
  if (typeof twin === 'string') put(data, twin, value)
  else twin(data, span, value)
}
