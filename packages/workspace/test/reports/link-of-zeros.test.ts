import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../../src/reports/Report.ts'

const test = suite('bug reports: a link whose ids are zeros')

test('costs the link and no span, and its attribute is in the data of the span', async () => {
  const { transactions, errors, outcome, problems } = await Report.deliver('link-of-zeros')
  assert.equal([transactions.length, errors.length, problems], [1, 0, []])
  const [transaction] = transactions
  assert.is(transaction?.['transaction'], 'mails process')
  const { trace } = Object(transaction?.['contexts'])
  assert.is(trace.op, 'queue.process')
  assert.equal(trace.links, [
    {
      trace_id: '5f0d7c2b9a8e4f11b6c3d2e1f0a9b8c7',
      span_id: '00000000000000aa',
      attributes: { 'messaging.message.id': 'm-2' },
    },
  ])
  assert.match(
    JSON.stringify(trace.data['otel.links_without_ids']),
    /messaging\.message\.id[\\"]*:[\\"]*m-1/,
  )
  const spans: ReadonlyArray<Report.ReportEvent> = Object(transaction?.['spans'])
  assert.equal(
    spans.map(({ description }) => description),
    ['SELECT id FROM mails'],
  )
  assert.equal(
    [outcome.spansIn, outcome.delivered.spans, outcome.rejected],
    [2, 2, { invalid_part: 1 }],
  )
  assert.match(outcome.problems.join(), 'spans[0].links[0].traceId: expected 32 hex characters')
})

test.run()
