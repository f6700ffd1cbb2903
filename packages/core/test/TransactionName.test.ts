import { span } from '@sentry-exporter/testkit/arbitrarySpans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Attributes } from '../src/Attributes.ts'
import * as Description from '../src/Description.ts'
import type { Span } from '../src/Span.ts'
import * as _ from '../src/TransactionName.ts'

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
