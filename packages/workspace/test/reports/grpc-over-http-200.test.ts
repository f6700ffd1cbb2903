import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../../src/reports/Report.ts'

const test = suite('bug reports: grpc-over-http-200')

test('a status of gRPC comes before the status of HTTP', async () => {
  const { transactions } = await Report.deliver('grpc-over-http-200')
  const statuses = transactions.map(({ transaction, contexts }) => [
    transaction,
    Object(contexts).trace.status,
  ])
  assert.equal(statuses.sort(), [
    ['shop.Cart/Add', 'internal_error'],
    ['shop.Cart/Get', 'unavailable'],
  ])
})

test.run()
