/**
 * The table of attribute keys: which keys hold personal data, and which form a value takes in `data`. A key that no row
 * names is kept as it is: `db.statement`, for instance. Two interpreters read the table: `redact` when a span arrives
 * (`AttributePlan` combines the table with the user's choice of privacy), and `Data` when `data` is made of the span.
 *
 * Sources: the registries of attributes in `model` of open-telemetry/semantic-conventions, which mark sensitive attributes,
 * and `deprecation` in `model/attributes/**` of getsentry/sentry-conventions, without the attributes that Sentry renames
 * itself.
 *
 * @example
 * ```ts
 * import { AttributeTable } from '@sentry-exporter/core/pipeline'
 *
 * const row = AttributeTable.rows.find(({ keys }) => keys.includes('route'))
 * console.log(row?.content, row?.form) // undefined { _tag: 'Aliased', aliases: [ { to: 'http.route' } ] }
 * ```
 */
import { frozen } from '../internal/frozen.ts'
import { type AttributeForm, aliased, consumed, text } from './AttributeForm.ts'

// model

/** One row: a group of keys that are treated alike. */
export interface Row {
  /**
   * A text is one key, or with `.*` at its end a key and all keys below it (`user.*`: `user`, `user.id`), or with `*` at
   * its end all keys that begin so. Only the first 300 characters of a key are compared with patterns.
   */
  readonly keys: ReadonlyArray<string | RegExp>
  readonly content?: ContentKind
  /** Only in rows whose keys are no patterns. */
  readonly form?: AttributeForm
}

/**
 * The content of a sensitive value. `personal`: data about a person, or content that a person wrote. `query`: the
 * parameters of a request, as one text. `url`: an address that may contain parameters and credentials. `peer`: the other
 * side of a connection, which is a person's address if the span is a server's.
 */
export type ContentKind = 'personal' | 'query' | 'url' | 'peer'

// constructors

const parameters = aliased({ to: 'db.query.parameter.', as: 'entries' })

/** If several rows match a key, the first that has a content and the first that has a form apply. */
export const rows: ReadonlyArray<Row> = frozen([
  // requests and addresses
  { keys: ['url.full', 'url.original', 'http.referer'], content: 'url' },
  {
    // Micrometer puts the path of a request into it.
    keys: ['http.url'],
    content: 'url',
    form: aliased({ to: 'url.full', as: 'whole-url' }, { to: 'url.path', as: 'bare-path' }),
  },
  { keys: ['url'], content: 'url', form: aliased('url.full') },
  { keys: ['http.path'], content: 'url', form: aliased({ to: 'url.path', as: 'path' }) },
  {
    keys: ['http.target'],
    content: 'url',
    form: aliased({ to: 'url.path', as: 'path' }, { to: 'url.query', as: 'query' }),
  },
  { keys: ['url.query', 'http.query'], content: 'query' },
  { keys: ['url.fragment', 'http.fragment', 'http.cookies*'], content: 'personal' },
  {
    // Headers, metadata, cookies and bodies of any protocol: `http.request.header.x`, `rpc.grpc.request.metadata.x`.
    keys: [
      /(^|\.)(request|response)\.((headers?|metadata|cookies?)(\.|$)|body(\.(content|text))?$)/,
    ],
    content: 'personal',
  },
  { keys: ['http.flavor'], form: aliased('network.protocol.version') },
  {
    // A header, which may contain a port. The names of the socket take precedence over it.
    keys: ['http.host'],
    form: aliased(
      { to: 'server.address', as: 'without-port', on: 'server', unless: 'net.host.name' },
      { to: 'server.address', as: 'without-port', on: 'others', unless: 'net.peer.name' },
    ),
  },
  { keys: ['http.scheme'], form: aliased('url.scheme') },
  { keys: ['http.server_name'], form: aliased('server.address') },
  {
    keys: ['http.status_code'],
    form: aliased({ to: 'http.response.status_code', as: 'status-code' }),
  },
  { keys: ['http.user_agent'], form: aliased('user_agent.original') },
  { keys: ['route'], form: aliased('http.route') },
  { keys: ['next.route'], form: aliased({ to: 'http.route', as: 'route' }) },
  // Micrometer and tower-http: `method` and `status` are of HTTP only there.
  { keys: ['method'], form: aliased({ to: 'http.request.method', on: 'plain-request' }) },
  {
    keys: ['status'],
    form: aliased({ to: 'http.response.status_code', as: 'plain-status', on: 'plain-request' }),
  },
  {
    keys: ['uri'],
    content: 'url',
    form: aliased(
      { to: 'http.route', as: 'route', on: 'plain-server' },
      { to: 'url.template', as: 'route', on: 'plain-client' },
    ),
  },

  // connections
  { keys: ['network.peer.address', 'net.sock.peer.name'], content: 'peer' },
  {
    keys: ['net.peer.ip', 'net.sock.peer.addr'],
    content: 'peer',
    form: aliased('network.peer.address'),
  },
  {
    keys: ['net.peer.name'],
    content: 'peer',
    form: aliased({ to: 'server.address', on: 'others' }),
  },
  { keys: ['net.peer.port'], form: aliased({ to: 'server.port', on: 'others' }) },
  { keys: ['net.host.ip', 'net.sock.host.addr'], form: aliased('network.local.address') },
  { keys: ['net.host.name'], form: aliased({ to: 'server.address', on: 'server' }) },
  { keys: ['net.host.port'], form: aliased({ to: 'server.port', on: 'server' }) },
  { keys: ['net.protocol.name'], form: aliased('network.protocol.name') },
  { keys: ['net.protocol.version'], form: aliased('network.protocol.version') },
  { keys: ['net.transport'], form: aliased({ to: 'network.transport', as: 'transport' }) },

  // people
  { keys: ['sentry.user.email'], form: aliased('user.email') },
  { keys: ['sentry.user.id'], form: aliased('user.id') },
  { keys: ['sentry.user.ip_address'], form: aliased('user.ip_address') },
  { keys: ['sentry.user.username'], form: aliased('user.name') },
  { keys: ['enduser.*', 'sentry.user.*', 'user.*'], content: 'personal' },
  {
    keys: ['client.address', 'client.socket.address', 'source.address', 'source.socket.address'],
    content: 'personal',
  },
  { keys: ['http.client_ip'], content: 'personal', form: aliased('client.address') },

  // databases, remote calls, code
  { keys: ['db.name'], form: aliased('db.namespace') },
  { keys: ['db.sql.table'], form: aliased('db.collection.name') },
  {
    keys: ['jdbc.query[0]', 'r2dbc.query[0]', 'jdbc.query'],
    form: aliased('db.query.text'),
  },
  { keys: ['db.params', 'db.sql.bindings'], form: parameters },
  { keys: ['db.params.*', 'db.sql.bindings.*'], content: 'personal' },
  { keys: [/^db\.(query|operation)\.parameter\./, 'graphql.variables*'], content: 'personal' },
  {
    keys: ['rpc.grpc.status_code', 'grpc.status_code'],
    form: aliased({ to: 'rpc.response.status_code', as: 'text' }),
  },
  { keys: ['code.filepath'], form: aliased('code.file.path') },
  { keys: ['code.lineno'], form: aliased('code.line.number') },
  { keys: ['process.command*', 'process.owner*', 'container.command*'], content: 'personal' },

  // conversations with models
  {
    keys: [
      'gen_ai.input.messages',
      'gen_ai.output.messages',
      'gen_ai.response.finish_reasons',
      'gen_ai.system_instructions',
      'gen_ai.tool.call.arguments',
      'gen_ai.tool.call.result',
      'gen_ai.tool.definitions',
    ],
    form: text,
  },
  {
    keys: [
      'gen_ai.completion.*',
      'gen_ai.event.content.*',
      'gen_ai.input.messages.*',
      'gen_ai.output.messages.*',
      'gen_ai.prompt.*',
      'gen_ai.request.messages.*',
      'gen_ai.response.object.*',
      'gen_ai.response.text.*',
      'gen_ai.response.tool_calls.*',
      'gen_ai.system_instructions.*',
      'gen_ai.tool.call.arguments.*',
      'gen_ai.tool.call.result.*',
      'gen_ai.tool.input.*',
      'gen_ai.tool.message.*',
      'gen_ai.tool.output.*',
    ],
    content: 'personal',
  },
  {
    // Vercel's AI SDK
    keys: [
      'ai.embedding',
      'ai.embeddings',
      'ai.input*',
      'ai.prompt*',
      'ai.response.files*',
      'ai.response.object*',
      'ai.response.reasoning*',
      'ai.response.text*',
      'ai.response.toolCalls*',
      /^ai\.result\./,
      'ai.toolCall.args*',
      'ai.toolCall.result*',
      'ai.value',
      'ai.values',
    ],
    content: 'personal',
  },
  {
    // OpenLLMetry, OpenInference, the Model Context Protocol
    keys: [
      'input.value',
      'output.value',
      'llm.completion*',
      'llm.input_messages*',
      'llm.invocation*',
      'llm.output_messages*',
      'llm.prompt*',
      'mcp.prompt.result*',
      'mcp.request.argument*',
      'mcp.tool.arguments*',
      'mcp.tool.result*',
      'traceloop.entity.input',
      'traceloop.entity.output',
    ],
    content: 'personal',
  },

  // instructions for the exporter, and its own keys
  {
    keys: [
      'sentry.custom_span_name',
      'sentry.op',
      'sentry.origin',
      'sentry.parentIsRemote',
      'sentry_exporter.continuation',
      'sentry_exporter.moved_seconds',
      'sentry_exporter.parent_span_id',
      'sentry_exporter.synthetic',
      'sentry_exporter.trimmed',
    ],
    form: consumed,
  },
])
