import { main } from '@sentry-exporter/cli'
import { testEnvironment } from '@sentry-exporter/workspace/TestEnvironment'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../../src/reports/Report.ts'

const test = suite('bug reports: ResourceSpans without the request around them')

test('is read by an exporter', async () => {
  const { transactions, outcome, problems } = await Report.deliver('resource-spans-line')
  assert.equal([transactions.length, problems, outcome.rejected], [1, [], {}])
  assert.is(transactions[0]?.['transaction'], 'GET /a')
})

test('is read by convert and explain', async () => {
  for (const command of ['convert', 'explain']) {
    const one = testEnvironment({ line: Report.body('resource-spans-line') })
    assert.is(await main([command, 'line'])(one)(), 0)
    assert.match(one.printed.stdout, 'GET /a')
  }
})

test('any other object is an error that names its keys, and exit code 1', async () => {
  for (const command of ['convert', 'explain']) {
    const one = testEnvironment({ 'package.json': '{"name":"shop","version":"1.0.0"}' })
    assert.is(await main([command, 'package.json'])(one)(), 1)
    assert.match(
      one.printed.stderr,
      'package.json: expected a request of OTLP, with resourceSpans, resourceLogs or resourceMetrics, got an object with the keys "name", "version"',
    )
  }
})

test.run()
