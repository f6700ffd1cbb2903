import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../../src/reports/Report.ts'

const test = suite('bug reports: deno-platform')

test('transaction and error have the platform of Deno', async () => {
  const { transactions, errors } = await Report.deliver('deno-platform')
  assert.equal(
    [...transactions, ...errors].map(({ platform }) => platform),
    ['javascript', 'javascript'],
  )
})

test.run()
