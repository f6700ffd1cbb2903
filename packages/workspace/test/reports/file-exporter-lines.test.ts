import { main } from '@sentry-exporter/cli'
import { testEnvironment } from '@sentry-exporter/workspace/TestEnvironment'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../../src/reports/Report.ts'

const test = suite(
  'bug reports: a request on each line, as the Collector’s file exporter writes them',
)

const LINES = Report.body('file-exporter-lines')

test('is one stream of requests for an exporter', async () => {
  const { transactions, outcome, problems } = await Report.deliver('file-exporter-lines')
  assert.equal([transactions.length, problems, outcome.rejected], [1, [], {}])
  assert.is(transactions[0]?.['transaction'], 'GET /a')
  assert.is(Object(transactions[0]?.['spans']).length, 1)
})

test('is one stream of requests for convert and explain', async () => {
  for (const command of ['convert', 'explain']) {
    const one = testEnvironment({ lines: LINES })
    assert.is(await main([command, 'lines'])(one)(), 0)
    assert.match(one.printed.stdout, 'GET /a')
    assert.not.match(one.printed.stderr, 'line')
  }
})

test('a line that is not JSON is named, and costs itself', async () => {
  const [first = '', second = ''] = LINES.trim().split('\n')
  const metrics =
    '{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"a","gauge":{"dataPoints":[{"asInt":1}]}}]}]}]}'
  const exception = [{ key: 'exception.type', value: { stringValue: 'A' } }]
  const records = [
    { timeUnixNano: '1795800000000000000', severityNumber: 17, attributes: exception },
  ]
  const logs = JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: records }] }] })
  const text = [first, '{"resourceSpans":[{', metrics, logs, '', second].join('\r\n')
  const { transactions, errors, outcome } = await Report.deliverBody(text)
  assert.equal([transactions.length, errors.length, outcome.delivered.spans], [1, 1, 2])
  assert.equal([outcome.rejected, outcome.metricsIn], [{ invalid_request: 1 }, 1])
  assert.match(outcome.problems.join(), 'line 2: not JSON')
  const one = testEnvironment({ lines: text })
  assert.is(await main(['convert', 'lines'])(one)(), 1)
  assert.match(one.printed.stderr, 'lines: line 2: not JSON')
})

test.run()
