import { span } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as AttributePlan from '../../src/filter/AttributePlan.ts'
import * as _ from '../../src/mapping/Data.ts'
import type { Attributes } from '../../src/model/Attributes.ts'
import type { Span } from '../../src/model/Span.ts'

const older = suite('Data.of: older attributes')

/** Attributes, the kind of the span, and the attributes that `data` has in addition. */
const ROWS: ReadonlyArray<readonly [Attributes, Span['kind'], Attributes]> = [
  [{ 'http.status_code': 200 }, 'SERVER', { 'http.response.status_code': 200 }],
  [{ 'http.status_code': '404' }, 'SERVER', { 'http.response.status_code': 404 }],
  [{ 'http.url': 'http://h/a' }, 'CLIENT', { 'url.full': 'http://h/a' }],
  [{ url: 'http://h/a' }, 'CLIENT', { 'url.full': 'http://h/a' }],
  [{ 'http.target': '/a?b=1#c' }, 'SERVER', { 'url.path': '/a', 'url.query': 'b=1' }],
  [{ 'http.target': '/a' }, 'SERVER', { 'url.path': '/a' }],
  [{ 'http.host': 'h:8080' }, 'SERVER', { 'server.address': 'h' }],
  [{ 'http.host': 'h', 'net.host.name': 'own' }, 'SERVER', { 'server.address': 'own' }],
  [{ 'http.host': 'h', 'net.peer.name': 'other' }, 'CLIENT', { 'server.address': 'other' }],
  [{ 'http.server_name': 'h' }, 'SERVER', { 'server.address': 'h' }],
  [
    { 'net.host.name': 'h', 'net.host.port': 1 },
    'SERVER',
    { 'server.address': 'h', 'server.port': 1 },
  ],
  [{ 'net.host.name': 'h', 'net.host.port': 1 }, 'CLIENT', {}],
  [
    { 'net.peer.name': 'h', 'net.peer.port': 1 },
    'CLIENT',
    { 'server.address': 'h', 'server.port': 1 },
  ],
  [{ 'net.peer.name': 'h', 'net.peer.port': 1 }, 'SERVER', {}],
  [{ 'http.scheme': 'https' }, 'SERVER', { 'url.scheme': 'https' }],
  [{ 'http.flavor': '1.1' }, 'SERVER', { 'network.protocol.version': '1.1' }],
  [{ 'net.protocol.version': '2' }, 'SERVER', { 'network.protocol.version': '2' }],
  [{ 'net.protocol.name': 'http' }, 'SERVER', { 'network.protocol.name': 'http' }],
  [{ 'net.transport': 'ip_tcp' }, 'SERVER', { 'network.transport': 'tcp' }],
  [{ 'net.transport': 'pipe' }, 'SERVER', { 'network.transport': 'pipe' }],
  [{ 'net.peer.ip': '10.0.0.1' }, 'CLIENT', { 'network.peer.address': '10.0.0.1' }],
  [{ 'net.sock.peer.addr': '10.0.0.1' }, 'CLIENT', { 'network.peer.address': '10.0.0.1' }],
  [{ 'net.host.ip': '10.0.0.1' }, 'CLIENT', { 'network.local.address': '10.0.0.1' }],
  [{ 'net.sock.host.addr': '10.0.0.1' }, 'CLIENT', { 'network.local.address': '10.0.0.1' }],
  [{ 'http.user_agent': 'x/1' }, 'SERVER', { 'user_agent.original': 'x/1' }],
  [{ 'http.client_ip': '10.0.0.1' }, 'SERVER', { 'client.address': '10.0.0.1' }],
  [{ route: '/a' }, 'SERVER', { 'http.route': '/a' }],
  [{ 'db.name': 'shop' }, 'CLIENT', { 'db.namespace': 'shop' }],
  [{ 'db.sql.table': 'orders' }, 'CLIENT', { 'db.collection.name': 'orders' }],
  [{ 'db.params': { a: 1 } }, 'CLIENT', { 'db.params': '{"a":1}', 'db.query.parameter.a': '1' }],
  [
    { 'db.sql.bindings': ['x'] },
    'CLIENT',
    { 'db.sql.bindings': '["x"]', 'db.query.parameter.0': 'x' },
  ],
  [{ 'rpc.grpc.status_code': 5 }, 'CLIENT', { 'rpc.response.status_code': '5' }],
  [
    { 'code.filepath': 'a.js', 'code.lineno': 7 },
    'INTERNAL',
    { 'code.file.path': 'a.js', 'code.line.number': 7 },
  ],
  [{ 'sentry.user.id': '7' }, 'SERVER', { 'user.id': '7' }],
  // frameworks
  [{ 'http.url': '/a?b=1' }, 'SERVER', { 'url.path': '/a' }],
  [{ 'http.url': '//h/a' }, 'CLIENT', { 'url.full': '//h/a' }],
  [{ 'http.path': '/a?b=1' }, 'SERVER', { 'url.path': '/a' }],
  [{ 'next.route': '/a/[id]' }, 'INTERNAL', { 'http.route': '/a/[id]' }],
  [
    { method: 'GET', uri: '/a/{id}', status: '500' },
    'SERVER',
    { 'http.request.method': 'GET', 'http.route': '/a/{id}', 'http.response.status_code': 500 },
  ],
  [
    { method: 'GET', uri: '/a/{id}', status: '200' },
    'CLIENT',
    { 'http.request.method': 'GET', 'url.template': '/a/{id}', 'http.response.status_code': 200 },
  ],
  [
    { method: 'GET', uri: 'UNKNOWN', status: 'CLIENT_ERROR' },
    'CLIENT',
    { 'http.request.method': 'GET' },
  ],
  [{ method: 'findMany', uri: '/a', status: '500' }, 'CLIENT', {}],
  [{ method: 'GET', uri: '/a', status: '500' }, 'INTERNAL', {}],
  [{ 'jdbc.query[0]': 'select 1' }, 'CLIENT', { 'db.query.text': 'select 1' }],
  [{ 'r2dbc.query[0]': 'select 1' }, 'CLIENT', { 'db.query.text': 'select 1' }],
  [{ 'jdbc.query': 'select 1' }, 'CLIENT', { 'db.query.text': 'select 1' }],
  [{ 'grpc.status_code': '14' }, 'SERVER', { 'rpc.response.status_code': '14' }],
  // lists and maps are sent as text: the server takes scalars only
  [{ list: ['a', 1], map: { b: [true] } }, 'SERVER', { list: '["a",1]', map: '{"b":[true]}' }],
  [{ url: ['a'] }, 'SERVER', { url: '["a"]', 'url.full': '["a"]' }],
  // aliases that the server adds itself
  [
    { 'http.method': 'GET', 'db.system': 'x', 'db.statement': 'y', 'db.operation': 'z' },
    'CLIENT',
    {},
  ],
  [{ 'messaging.destination': 'x', 'rpc.system': 'grpc', 'faas.execution': 'y' }, 'CLIENT', {}],
  [{ 'http.response_content_length': 7, 'faas.id': 'x' }, 'CLIENT', {}],
  // newer attributes that are present already, and values of unexpected types
  [{ 'http.status_code': 200, 'http.response.status_code': 201 }, 'SERVER', {}],
  [{ 'http.target': 7, 'net.transport': 7, 'db.params': 7, 'http.host': 7 }, 'SERVER', {}],
]

for (const [attributes, kind, beside] of ROWS) {
  older(`${JSON.stringify(attributes)} of kind ${kind}`, () => {
    const { 'otel.kind': _kind, ...data } = _.of(span({ attributes, kind }))
    assert.equal(data, { ...attributes, ...beside })
  })
}

older('each of them is in this table', () => {
  const tested = new Set(ROWS.flatMap(([attributes]) => Object.keys(attributes)))
  const consumed = Object.keys(
    _.of(
      span({
        attributes: Object.fromEntries(AttributePlan.keysWithForm.map((key) => [key, 'x'])),
      }),
    ),
  )
  const untested = AttributePlan.keysWithForm.filter(
    (key) => !tested.has(key) && consumed.includes(key) && !key.startsWith('gen_ai.'),
  )
  assert.equal(untested, ['sentry.user.email', 'sentry.user.ip_address', 'sentry.user.username'])
})

older.run()

const of = suite('Data.of')

of('keeps the attributes of the scope, and leaves out instructions for the exporter', () => {
  const data = _.of(
    span({
      attributes: {
        'sentry.op': 'x',
        'sentry.custom_span_name': 'x',
        'sentry.origin': 'manual',
        'sentry.parentIsRemote': true,
        'sentry.source': 'task',
      },
      scope: { name: 'lib', version: '', attributes: { tier: 1 } },
    }),
  )
  assert.equal(data, { 'sentry.source': 'task', 'otel.scope.name': 'lib', 'otel.scope.tier': 1 })
})

of('gives conversations as the text of their JSON', () => {
  const keys = AttributePlan.keysWithForm.filter((key) => key.startsWith('gen_ai.'))
  assert.ok(keys.length > 5)
  for (const key of keys) {
    const parts = [{ role: 'user', parts: [] }]
    assert.equal(_.of(span({ attributes: { [key]: parts } })), { [key]: JSON.stringify(parts) })
    assert.equal(_.of(span({ attributes: { [key]: 'text' } })), { [key]: 'text' })
  }
})

of('does not overflow however deep a value is', () => {
  let deep: Attributes = { end: true }
  for (let i = 0; i < 100_000; i++) deep = { a: deep }
  const text = JSON.stringify(_.of(span({ attributes: { deep } })))
  assert.ok(text.length < 1_000)
  assert.match(text, '[nested too deeply]')
})

of.run()
