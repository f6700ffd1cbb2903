import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../../src/reports/Report.ts'

const test = suite('bug reports: how they are delivered')

test('a report gives the events that its exporter sends, and Sentry keeps them', async () => {
  const { transactions, errors, outcome, problems, sent } =
    await Report.deliver('grpc-over-http-200')
  assert.is(transactions.length + errors.length > 0, true)
  assert.is(outcome.waiting, 0)
  assert.equal(problems, [])
  assert.ok(sent.includes('shop.Cart/Get'))
})

test.run()
