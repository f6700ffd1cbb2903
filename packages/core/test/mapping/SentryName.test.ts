import { span } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as _ from '../../src/mapping/SentryName.ts'
import type { Attributes } from '../../src/model/Attributes.ts'
import * as SentrySpan from '../../src/sentry/SentrySpan.ts'

const GET = { 'http.request.method': 'GET' }

const ROWS: ReadonlyArray<readonly [name: string, attributes: Attributes, shown: string]> = [
  ['GET', { ...GET, 'server.address': 'stock.example' }, 'GET stock.example'],
  ['GET', { ...GET, 'url.full': 'https://me:x@stock.example:443/7?a=1' }, 'GET stock.example'],
  ['HTTP GET', { 'http.method': 'GET', 'net.peer.name': 'stock' }, 'GET stock'],
  ['fetch GET https://h/a', { 'http.method': 'GET', 'http.url': 'https://h/a' }, 'GET h'],
  ['GET', { ...GET, 'http.route': '/orders/:id', 'server.address': 'h' }, 'GET /orders/:id'],
  ['GET', { ...GET, 'url.template': '/orders/{id}' }, 'GET /orders/{id}'],
  ['http get', { method: 'GET', uri: '/x', 'http.url': 'http://h/7' }, 'http get'],
  ['GET', GET, 'GET'],
  ['load the cart', { ...GET, 'server.address': 'h' }, 'load the cart'],
  ['pg.query:SELECT shop', { 'db.system': 'postgresql' }, 'pg.query:SELECT shop'],
  [
    'SELECT',
    { 'db.system': 'mysql', 'db.operation': 'SELECT', 'db.sql.table': 'orders' },
    'SELECT orders',
  ],
  ['query', { 'db.query.summary': 'SELECT orders', 'db.operation.name': 'x' }, 'SELECT orders'],
  ['render', {}, 'render'],
  ['', { 'rpc.system': 'grpc' }, 'rpc'],
]

const of = suite('SentryName.of')

for (const [name, attributes, shown] of ROWS) {
  of(`${name} with ${JSON.stringify(attributes)} is ${shown}`, () => {
    assert.is(_.of(span({ name, attributes })), shown)
  })
}

of('is in data, unless the span has given one', () => {
  const dataOf = (attributes: Attributes): unknown =>
    SentrySpan.of(Mapping.sentry)(span({ name: 'work', attributes })).data['sentry.name']
  assert.is(dataOf({}), 'work')
  assert.is(dataOf({ 'sentry.name': 'mine' }), 'mine')
})

of('leaves the data of a mapping of the user alone', () => {
  const data = Object.freeze({ a: 1 })
  const made = SentrySpan.of({ ...Mapping.sentry, data: () => data })(span({ name: 'work' }))
  assert.equal(made.data, { a: 1, 'sentry.name': 'work' })
  assert.equal(data, { a: 1 })
})

of.run()
