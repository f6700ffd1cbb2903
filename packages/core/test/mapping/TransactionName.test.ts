import { span } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Description from '../../src/mapping/Description.ts'
import * as _ from '../../src/mapping/TransactionName.ts'
import type { Attributes } from '../../src/model/Attributes.ts'
import type { Span } from '../../src/model/Span.ts'

const GET = { 'http.request.method': 'GET' }

const of = suite('TransactionName.of')

const ROWS: ReadonlyArray<
  readonly [Attributes, Span['kind'], string, _.TransactionName['source']]
> = [
  [
    { ...GET, 'http.route': '/orders/:id', 'url.path': '/orders/7' },
    'SERVER',
    'GET /orders/:id',
    'route',
  ],
  [{ 'http.method': 'GET', 'http.route': '/o/:id' }, 'SERVER', 'GET /o/:id', 'route'],
  [{ ...GET, 'url.path': '/orders/7', 'url.query': 'token=1' }, 'SERVER', 'GET /orders/7', 'url'],
  [
    { 'http.method': 'GET', 'http.target': '/orders/7?token=1#x' },
    'SERVER',
    'GET /orders/7',
    'url',
  ],
  [{ ...GET, 'url.path': '/' }, 'SERVER', 'GET /', 'route'],
  [
    { ...GET, 'url.full': 'https://u:p@shop.example:443/a?q=1#f' },
    'CLIENT',
    'GET https://shop.example/a',
    'url',
  ],
  [
    { 'http.method': 'GET', 'http.url': 'http://shop.example:80/a' },
    'CLIENT',
    'GET http://shop.example/a',
    'url',
  ],
  [
    { ...GET, 'url.full': 'http://shop.example:8080' },
    'CLIENT',
    'GET http://shop.example:8080',
    'url',
  ],
  [
    { ...GET, 'url.full': 'http://h/a', 'url.template': '/a/{id}' },
    'CLIENT',
    'GET /a/{id}',
    'route',
  ],
  [
    {
      'http.request.method': '_OTHER',
      'http.request.method_original': 'PURGE',
      'http.route': '/x',
    },
    'SERVER',
    'PURGE /x',
    'route',
  ],
  [{ ...GET, 'http.route': 'GET /orders/:id' }, 'SERVER', 'GET /orders/:id', 'route'],
  [{ ...GET, 'http.route': '', 'url.path': '/a' }, 'SERVER', 'GET /a', 'url'],
  [{ ...GET, 'http.target': '/?token=1' }, 'SERVER', 'GET /', 'route'],
  [{ ...GET, 'http.target': '/a?b' }, 'INTERNAL', 'GET /a', 'url'],
  [{ ...GET, 'http.target': '/a', 'sentry.origin': 'manual' }, 'INTERNAL', 'own name', 'custom'],
  [{ ...GET, 'http.target': '/a', 'sentry.origin': 'auto.http.x' }, 'INTERNAL', 'GET /a', 'url'],
  [{ ...GET, 'http.route': '/a', 'sentry.source': 'custom' }, 'SERVER', 'own name', 'custom'],
  [{ ...GET, 'http.route': '/a', 'sentry.source': 'view' }, 'SERVER', 'GET /a', 'view'],
  [
    { ...GET, 'url.full': 'user:pass@shop.example/a', 'url.path': '/a' },
    'CLIENT',
    'GET shop.example/a',
    'url',
  ],
  [{ ...GET, 'url.full': '//u:p@h/a@b' }, 'CLIENT', 'GET //h/a@b', 'url'],
  [
    { ...GET, 'http.route': '/g', 'sentry.graphql.operation': 'query A' },
    'SERVER',
    'GET /g (query A)',
    'route',
  ],
  [
    { ...GET, 'http.route': '/g', 'sentry.graphql.operation': ['f', 'e', 'd', 'c', 'b', 'a', 'g'] },
    'SERVER',
    'GET /g (a, b, c, d, e, +2)',
    'route',
  ],
  [{ 'gen_ai.operation.name': 'chat' }, 'CLIENT', 'own name', 'custom'],
  [{ 'mcp.method.name': 'tools/call' }, 'SERVER', 'own name', 'custom'],
  [{ 'graphql.operation.type': 'query' }, 'INTERNAL', 'own name', 'custom'],
  [{ 'messaging.system': 'kafka', 'sentry.source': 'custom' }, 'CONSUMER', 'own name', 'custom'],
  [{ 'db.system': 'redis', 'sentry.source': 'custom' }, 'CLIENT', 'own name', 'custom'],
  [{ 'db.system': 'dynamodb', 'rpc.service': 'DynamoDB' }, 'CLIENT', 'own name', 'task'],
  [{ ...GET, 'rpc.service': 'S3' }, 'CLIENT', 'own name', 'custom'],
  [{ 'sentry.custom_span_name': ' ' }, 'INTERNAL', 'own name', 'custom'],
  [{ 'sentry.custom_span_name': 'mine', 'sentry.source': 'task' }, 'INTERNAL', 'mine', 'task'],
  [GET, 'SERVER', 'own name', 'custom'],
  [{ 'rpc.service': 'shop.Orders' }, 'SERVER', 'own name', 'route'],
  [{ 'messaging.system': 'kafka' }, 'CONSUMER', 'own name', 'route'],
  [{ 'faas.trigger': 'timer' }, 'SERVER', 'own name', 'route'],
  [{ 'db.system': 'redis', 'db.statement': 'GET k' }, 'CLIENT', 'own name', 'task'],
  [{ 'sentry.source': 'task' }, 'INTERNAL', 'own name', 'task'],
  [{ 'sentry.source': 'nonsense' }, 'INTERNAL', 'own name', 'custom'],
  [{ ...GET, 'http.route': '/x', 'sentry.custom_span_name': 'mine' }, 'SERVER', 'mine', 'custom'],
  [{}, 'INTERNAL', 'own name', 'custom'],
]

for (const [attributes, kind, name, source] of ROWS) {
  of(`${JSON.stringify(attributes)} of kind ${kind} is ${name}`, () => {
    assert.equal(_.of(span({ name: 'own name', attributes, kind })), { name, source })
  })
}

const OWN: ReadonlyArray<readonly [string, string]> = [
  ['GET /orders?token=1#x', 'GET /orders'],
  ['fetch https://me:hush@shop.example/a?b=c now', 'fetch https://shop.example/a now'],
  ['https://me:hush@shop.example', 'https://shop.example'],
  ['OrdersController#show', 'OrdersController#show'],
  ['SELECT ? FROM a WHERE b = ?', 'SELECT ? FROM a WHERE b = ?'],
  ['mail to me@shop.example', 'mail to me@shop.example'],
  ['two\nlines\u0000', 'two lines'],
  ['', '<unlabeled transaction>'],
  [' \t ', '<unlabeled transaction>'],
]

for (const [given, shown] of OWN) {
  of(`shows the name ${JSON.stringify(given)} as ${JSON.stringify(shown)}`, () => {
    assert.is(_.of(span({ name: given })).name, shown)
    assert.is(Description.of(span({ name: given })), shown)
  })
}

of('calls a span without a name after its operation', () => {
  assert.is(_.of(span({ name: '', attributes: { 'db.system': 'redis' } })).name, 'db')
  assert.is(_.of(span({ name: '', kind: 'SERVER', attributes: GET })).name, 'http.server')
})

of.run()

const describes = suite('Description.of')

describes('describes a request as its transaction would be named', () => {
  const attributes = { ...GET, 'http.route': '/orders/:id' }
  assert.is(Description.of(span({ attributes, kind: 'SERVER' })), 'GET /orders/:id')
})

describes('describes a query by its text, of either convention', () => {
  assert.is(
    Description.of(span({ attributes: { 'db.system': 'x', 'db.statement': 'SELECT 1' } })),
    'SELECT 1',
  )
  assert.is(
    Description.of(span({ attributes: { 'db.system.name': 'x', 'db.query.text': 'SELECT 2' } })),
    'SELECT 2',
  )
})

describes('describes anything else by its name', () => {
  assert.is(Description.of(span({ name: 'compute tax' })), 'compute tax')
  assert.is(Description.of(span({ name: 'SET', attributes: { 'db.system': 'redis' } })), 'SET')
})

describes.run()
