import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../../src/reports/Report.ts'

const test = suite('bug reports: celery-without-system')

test('a span of kind PRODUCER or CONSUMER is of a queue', async () => {
  const { transactions, problems } = await Report.deliver('celery-without-system')
  assert.equal(problems, [])
  const made = transactions.map(({ transaction, transaction_info, contexts }) => [
    transaction,
    Object(transaction_info).source,
    Object(contexts).trace.op,
  ])
  assert.equal(made.sort(), [
    ['apply_async/billing.charge', 'route', 'queue.publish'],
    ['run/billing.charge', 'route', 'queue.process'],
  ])
})

test.run()
