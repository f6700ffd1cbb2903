import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Fixture from '../src/recorder/Fixture.ts'
import * as Hashes from '../src/recorder/Hashes.ts'
import * as IdMask from '../src/recorder/IdMask.ts'
import { hashes, steps } from '../src/recorder/record.ts'

const recorder = suite('recorder')

const recorded = [...steps()]

const actual = hashes(recorded)

/** All but those of the delivery. */
const REACHED = [
  'before_send',
  'before_send_error',
  'cycle',
  'duplicate',
  'error_breadcrumb',
  'error_copy',
  'error_ignored',
  'error_limit',
  'event',
  'field',
  'flag_conflict',
  'hook_failed',
  'hook_failed_error',
  'invalid',
  'invalid_part',
  'log_record',
  'moved',
  'nested',
  'rounded',
  'sampled',
  'time',
  'transactions_off',
  'trimmed',
]

recorder('gives the committed bytes, losses and times, ids included', () => {
  assert.equal(Hashes.differences(Fixture.read().exact, actual.exact), [])
})

recorder('gives the committed bytes, losses and times with ids masked', () => {
  assert.equal(Hashes.differences(Fixture.read().masked, actual.masked), [])
})

recorder('reaches every reason for loss that the transformation has', () => {
  const reached = new Set(recorded.flatMap(({ result }) => result.losses.map(([reason]) => reason)))
  assert.equal([...reached].sort(), REACHED)
})

recorder('makes errors, transactions, and roots that no program made', () => {
  const texts = recorded.flatMap(({ masked }) => masked)
  const count = (part: string): number => texts.filter((text) => text.includes(part)).length
  assert.ok(recorded.length >= 2_000)
  assert.ok(count('"type":"transaction"') > 2_000)
  assert.ok(count('{"type":"event"') > 500)
  assert.ok(count('"sentry_exporter.synthetic":true') > 100)
})

recorder.run()

const differences = suite('Hashes.differences')

const COMMITTED = { a: ['s1 e1 e2', 's2'], b: ['s3'] }

// what was recorded, and what is printed of it
const DIFFERENCES: ReadonlyArray<readonly [string, Hashes.Steps, ReadonlyArray<string>]> = [
  ['nothing', COMMITTED, []],
  [
    'the first envelope that differs',
    { a: ['x1 e1 x2', 'x2'], b: ['s3'] },
    ['"a", step 0: envelope 1 of 2 (2 are committed) has hash x2, committed is e2'],
  ],
  [
    'an envelope more',
    { a: ['x1 e1 e2 e3', 's2'], b: ['s3'] },
    ['"a", step 0: envelope 2 of 3 (2 are committed) has hash e3, committed is none'],
  ],
  [
    'an envelope less',
    { a: ['x1 e1', 's2'], b: ['s3'] },
    ['"a", step 0: 1 envelopes, 2 are committed'],
  ],
  [
    'other losses',
    { a: ['s1 e1 e2', 's2'], b: ['x3'] },
    [
      '"b", step 0: the envelopes are the same, but not the losses, the time to wake, the spans that wait, or what is known of an envelope beside its bytes',
    ],
  ],
  ['a missing step', { a: ['s1 e1 e2'], b: ['s3'] }, ['"a" has 1 steps, 2 are committed']],
  ['a further step', { ...COMMITTED, b: ['s3', 's4'] }, ['"b" has 2 steps, 1 are committed']],
  [
    'scenarios by name',
    { a: COMMITTED.a, c: [] },
    ['"b" was not recorded', '"c" is not among the committed scenarios'],
  ],
]

for (const [title, steps, expected] of DIFFERENCES) {
  differences(`names ${title}`, () => {
    assert.equal(Hashes.differences(COMMITTED, steps), expected)
  })
}

differences.run()

const mask = suite('IdMask')

const [TRACE, SPAN, EVENT, ROOT] = ['a'.repeat(32), 'b'.repeat(16), 'c'.repeat(32), 'd'.repeat(16)]

const envelope = (payload: unknown): string =>
  [
    JSON.stringify({ event_id: EVENT, trace: { trace_id: TRACE } }),
    JSON.stringify({ type: 'transaction', length: 9 }),
    JSON.stringify(payload),
    '',
  ].join('\n')

const transaction = (span_id: string, data: unknown): unknown => ({
  event_id: EVENT,
  type: 'transaction',
  contexts: { trace: { trace_id: TRACE, span_id, data } },
  spans: [{ span_id: SPAN, parent_span_id: span_id }],
})

mask('keeps ids that came in, and replaces each id that did not by one number', () => {
  const { addInput, mask: masked } = IdMask.make()
  addInput(`{"traceId":"${TRACE.toUpperCase()}","spanId": "${SPAN}"}`)
  const text = envelope(transaction(ROOT, { 'sentry_exporter.synthetic': true }))
  const expected = text.replaceAll(EVENT, '#1').replaceAll(ROOT, '#2')
  assert.is(masked(text), expected)
  assert.is(masked(text), expected)
})

mask('hides no wrong id of a span', () => {
  const { addInput, mask: masked } = IdMask.make()
  addInput(`{"traceId":"${TRACE}","spanId":"${SPAN}"}`)
  const text = envelope(transaction(ROOT, {}))
  assert.is(masked(text), text.replaceAll(EVENT, '#1'))
})

mask('replaces the ids of an error whose log record named no trace', () => {
  const { mask: masked } = IdMask.make()
  const trace = { trace_id: TRACE, span_id: ROOT }
  const text = envelope({ event_id: EVENT, contexts: { trace } })
  assert.is(
    masked(text),
    text.replaceAll(EVENT, '#1').replaceAll(TRACE, '#2').replaceAll(ROOT, '#3'),
  )
})

mask.run()
