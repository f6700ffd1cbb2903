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
 * console.log(row?.form) // { _tag: 'Aliased', aliases: [ { to: 'http.route' } ] }
 * ```
 */
import { frozen } from '../internal/frozen.ts'
import { type AttributeForm, aliased, consumed, text } from './AttributeForm.ts'
import { AI, AI_CONTENT, AI_ENDS, AI_FACTS, AI_PARTS, COMMON } from './aiWords.ts'

// model

/** The form in `data` of a group of keys. */
export interface Row {
  readonly keys: ReadonlyArray<string>
  readonly form: AttributeForm
}

/** The keys of one kind of sensitive content. */
export interface ContentRow {
  readonly content: ContentKind
  /**
   * Texts of patterns, separated by blanks. They are compared with the words of a key (`KeyWords`), so that `url.full`
   * is also `url_full`, `urlFull` and `URL-FULL`. A pattern is a key and all keys below it; with `*.` before it, it is at
   * any depth, also behind other words; with `$` behind it, it is not a key below. `|`, `?` and brackets are those of
   * regular expressions.
   */
  readonly keys: string
}

/**
 * The content of a sensitive value. `personal`: data about a person, or content that a person wrote. `conversation`: the
 * same under a common word, only on a span of AI. `query`: the parameters of a request, as one text. `url`: an address that
 * may contain parameters and credentials. `peer`: the other side of a connection, which is a person's address if the span is
 * a server's. `code`: text whose URLs keep their queries, because their positions or the meaning of the text depend on them.
 */
export type ContentKind = 'personal' | 'conversation' | 'query' | 'url' | 'peer' | 'code'

// constructors

const parameters = aliased({ to: 'db.query.parameter.', as: 'entries' })

/** The keys whose values have a form of their own in `data`. */
export const rows: ReadonlyArray<Row> = /* @__PURE__ */ frozen([
  // requests
  {
    // Micrometer puts the path of a request into it.
    keys: ['http.url'],
    form: aliased({ to: 'url.full', as: 'whole-url' }, { to: 'url.path', as: 'bare-path' }),
  },
  { keys: ['url'], form: aliased('url.full') },
  { keys: ['http.path'], form: aliased({ to: 'url.path', as: 'path' }) },
  {
    keys: ['http.target'],
    form: aliased({ to: 'url.path', as: 'path' }, { to: 'url.query', as: 'query' }),
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
    form: aliased(
      { to: 'http.route', as: 'route', on: 'plain-server' },
      { to: 'url.template', as: 'route', on: 'plain-client' },
    ),
  },

  // connections
  {
    keys: ['net.peer.ip', 'net.sock.peer.addr'],
    form: aliased('network.peer.address'),
  },
  {
    keys: ['net.peer.name'],
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
  { keys: ['http.client_ip'], form: aliased('client.address') },

  // databases, remote calls, code
  { keys: ['db.name'], form: aliased('db.namespace') },
  { keys: ['db.sql.table'], form: aliased('db.collection.name') },
  {
    keys: ['jdbc.query[0]', 'r2dbc.query[0]', 'jdbc.query'],
    form: aliased('db.query.text'),
  },
  { keys: ['db.params', 'db.sql.bindings'], form: parameters },
  {
    keys: ['rpc.grpc.status_code', 'grpc.status_code'],
    form: aliased({ to: 'rpc.response.status_code', as: 'text' }),
  },
  { keys: ['code.filepath'], form: aliased('code.file.path') },
  { keys: ['code.lineno'], form: aliased('code.line.number') },

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

/** The keys of sensitive values. The first row that matches a key applies; all other keys are kept. */
export const contents: ReadonlyArray<ContentRow> = /* @__PURE__ */ frozen([
  {
    content: 'code',
    keys: '*.exception.stack.?trace *.stack.?trace db.(statement|query.text)$ graphql.document$',
  },

  // people
  {
    content: 'personal',
    keys: `end.?user user(?!.(agent|count|interaction)) *.(end.?user|user|usr).(ids?|name|email|full.name|ip|ip.address|phone|
hash|roles?|scope) *.(user.?name|user.?id|e.?mail|e.?mail.address|phone|phone.number)$ sentry.user`,
  },
  // client addresses
  {
    content: 'personal',
    keys: `*.client.(ip|(ip.|socket.)?addr(ess)?|sock.addr|host|hostname) source.(address|ip|socket.address)
*.(x.)?(forwarded.for|real.ip|forwarded.host) *.x.forwarded *.(true|cf|fastly|fly|x).(client|connecting|cluster.client).ip
*.ip.address$ http.forwarded`,
  },
  {
    content: 'peer',
    keys: `*.peer.(address|addr|ip|ipv4|ipv6|host|hostname|name) *.remote.(address|addr|ip|host|ipv4|ipv6)$ *.remote.?addr$`,
  },

  // requests
  {
    content: 'personal',
    keys: `*.(request|response|req|res).(headers?|metadata|cookies?) *.headers *.http.header *.cookies? *.set.cookie2?
*.(request|response|req|res|http|rpc|messag(e|ing)|messaging.(message|\\w+)|event|faas).(body|payload|content)(.(content|text|data|raw|json|value))?$
*.(request|route|path|http|url|controller).param(s|eters?)`,
  },
  {
    content: 'query',
    keys: `*.(url|http|request|uri).(query|fragment) *.query.?string query.param(s|eters?)$ *.(search|query).args`,
  },
  {
    content: 'url',
    keys: `*.url.(full|original|path) *.(ur[il]s?|href|referr?er)$ *.http.(target|path)$ *.request.(target|path)$`,
  },

  // parameters and command lines
  {
    content: 'personal',
    keys: `*.db.(query|operation).param(eter)?s? *.(db|sql).(params|parameters|bindings|args|values)
*.graphql(.\\w+)?.(variables?|arguments?|args) fastapi.arguments db.(vector.)?query.(content|result|embeddings|response)
process.(command|owner|args?|env|environment|user|real.user|saved.user) container.command
*.(command.(line|args?)|cmd.?line|argv|environ|env.vars?|environment.variables?)`,
  },

  // conversations with models, under the keys of any convention
  {
    content: 'personal',
    keys: `(?!.*\\b(${AI_FACTS})(.|$))(${AI}).(.*.)?(${AI_CONTENT})
(?!.*\\b(${AI_FACTS})(.|$))(?!.*\\b(${AI_ENDS})$)(${AI}).(.*.)?(${AI_PARTS}) (input|output).(value|images|documents|audio) all.messages *.(system|user|assistant).(prompt|message)$ *.chat.history
prompt.template tool.parameters document.metadata crew.(inputs|agents|tasks) traceloop.association.properties ai.response.(object|reasoning|files|text)`,
  },
  {
    content: 'conversation',
    keys: `(?!.*\\b(${AI_FACTS})(.|$))(?!.*\\b(${AI_ENDS})$)(${COMMON})`,
  },
])
