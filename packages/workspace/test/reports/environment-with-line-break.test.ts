import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../../src/reports/Report.ts'

const test = suite('bug reports: environment-with-line-break')

test('blanks at the ends are cut before characters are replaced', async () => {
  const { transactions, problems } = await Report.deliver('environment-with-line-break')
  assert.equal(problems, [])
  assert.is(transactions[0]?.['environment'], 'staging')
  assert.is(transactions[0]?.['release'], 'jobs@2.1.0')
})

test.run()
