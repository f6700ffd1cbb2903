import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../../src/reports/Report.ts'

const test = suite('bug reports: spring-boot-micrometer')

test('a request of Micrometer has its op, its route and its status', async () => {
  const { transactions, problems } = await Report.deliver('spring-boot-micrometer')
  assert.equal(problems, [])
  const [root] = transactions
  assert.is(root?.['transaction'], 'GET /api/orders/{id}')
  assert.equal(root?.['transaction_info'], { source: 'route' })
  const { trace, response } = Object(root?.['contexts'])
  assert.is(trace.op, 'http.server')
  assert.is(trace.status, 'internal_error')
  assert.equal(response, { status_code: 500 })
  assert.is(Object(root?.['request']).method, 'GET')
  const [inner, call] = Object(root?.['spans'])
  assert.is(inner.op, undefined)
  assert.is(inner.description, 'OrderService#find')
  assert.is(inner.data.method, 'find')
  assert.is(inner.data['http.request.method'], undefined)
  assert.is(call.op, 'http.client')
  assert.is(call.description, 'GET /stock/{id}')
  assert.is(call.status, 'ok')
})

test.run()
