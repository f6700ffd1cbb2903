import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../../src/reports/Report.ts'

const test = suite('bug reports: lambda-without-trigger')

test('a run of Lambda is one without a trigger too', async () => {
  const { transactions, problems } = await Report.deliver('lambda-without-trigger')
  assert.equal(problems, [])
  const [root] = transactions
  assert.is(root?.['transaction'], 'thumbs')
  assert.equal(root?.['transaction_info'], { source: 'route' })
  assert.is(Object(root?.['contexts']).trace.op, 'function.aws')
})

test.run()
