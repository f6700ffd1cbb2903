import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as EnvelopeReader from '@sentry-exporter/testing/EnvelopeReader'
import * as InMemorySentry from '@sentry-exporter/testing/InMemorySentry'
import * as E from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/jobs.ts'

const LOG = fileURLToPath(new URL('../steps.jsonl', import.meta.url))

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

const step: _.Step = {
  run: 'r',
  step: 's',
  within: undefined,
  startMillis: 1_700_000_000_000,
  seconds: 1.5,
  failed: undefined,
}

const toSpan = suite('toSpan')

toSpan('keeps times to the microsecond, and derives ids from the names', () => {
  const span = _.toSpan(step)
  assert.is(span.endMicros - span.startMicros, 1_500_000)
  assert.is(_.toSpan({ ...step, step: 't', within: 's' }).parentSpanId, span.spanId)
  assert.is(_.toSpan({ ...step, seconds: 2 }).spanId, span.spanId)
  assert.is.not(_.toSpan({ ...step, run: 'q' }).traceId, span.traceId)
})

toSpan('records a failure as an exception', () => {
  const { status, events } = _.toSpan({ ...step, failed: 'disk full' })
  assert.equal(status, { code: 'ERROR', message: 'disk full' })
  assert.is(events[0]?.attributes['exception.message'], 'disk full')
})

toSpan.run()

const jobOperation = suite('jobOperation')

jobOperation('applies to steps only', () => {
  const span = _.toSpan(step)
  assert.equal(_.jobOperation(span), { _tag: 'Some', value: 'job' })
  assert.equal(_.jobOperation({ ...span, attributes: {} }), { _tag: 'None' })
})

jobOperation.run()

const decode = suite('decode')

// the line, and the expected message
const BAD: ReadonlyArray<readonly [string, string]> = [
  ['{', 'line 7: not JSON'],
  ['null', 'line 7: run is missing or of another type'],
  ['{"run":"r","step":1}', 'line 7: step is missing or of another type'],
  ['{"run":"r","step":"s","within":1}', 'line 7: within is missing or of another type'],
  ['{"run":"r","step":"s","failed":true}', 'line 7: failed is missing or of another type'],
  ['{"run":"r","step":"s"}', 'line 7: startedAt is missing or of another type'],
  [
    '{"run":"r","step":"s","startedAt":"2026-11-22T02:00:00Z"}',
    'line 7: seconds is missing or of another type',
  ],
]

for (const [line, message] of BAD) {
  decode(`${line}: ${message}`, () => {
    const decoded = _.decode(line, 7)
    assert.is(E.isLeft(decoded) && _.show(decoded.left), message)
  })
}

decode.run()

const run = suite('run')

const eventsOf = (envelopes: ReadonlyArray<Uint8Array>): ReadonlyArray<Record<string, unknown>> =>
  envelopes.map((bytes) => JSON.parse(Buffer.from(bytes).toString().split('\n')[2] ?? ''))

run('makes one transaction of each run, and one error of each failure', () => {
  const { envelopes, problems } = _.run(readFileSync(LOG, 'utf8'))
  assert.equal(problems, [])
  const [error, nightly, report] = eventsOf(envelopes)
  assert.is(envelopes.length, 3)
  assert.match(JSON.stringify(error), /"type":"StepFailed","value":"disk full"/)
  assert.is(nightly?.['transaction'], 'import')
  assert.match(JSON.stringify(nightly), /"op":"job"/)
  assert.is(report?.['transaction'], 'report')
})

run('reads on after a bad line', () => {
  const { envelopes, problems } = _.run(`{\n${readFileSync(LOG, 'utf8')}`)
  assert.is(envelopes.length, 3)
  assert.equal(problems, [{ _tag: 'NotJson', line: 1 }])
})

run('sends every step of the log, each once', () => {
  const log = readFileSync(LOG, 'utf8')
  const { transactions } = EnvelopeReader.read(_.run(log).envelopes)
  const ids = transactions.flatMap(({ root, spans }) =>
    [root, ...spans].map(({ spanId }) => spanId),
  )
  assert.is(ids.length, log.trim().split('\n').length)
  assert.is(new Set(ids).size, ids.length)
})

run('makes envelopes that Sentry keeps whole', () => {
  const sentry = InMemorySentry.make()
  const nowMillis = Date.parse('2026-11-22T04:00:00Z')
  const received = _.run(readFileSync(LOG, 'utf8')).envelopes.map((body) =>
    sentry.receive(
      {
        url: 'https://sentry.invalid/api/42/envelope/',
        headers: { 'x-sentry-auth': 'Sentry sentry_key=0123456789abcdef0123456789abcdef' },
        body,
      },
      nowMillis,
    ),
  )
  assert.equal(InMemorySentry.problems(received), [])
})

run.run()

const main = suite('main')

main('writes the envelopes into a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'custom-pipeline-'))
  try {
    const printed = execFileSync(
      process.execPath,
      [
        '--conditions=@sentry-exporter/source',
        '--import',
        import.meta.resolve('tsx'),
        MAIN,
        LOG,
        folder,
      ],
      { encoding: 'utf8', timeout: 600_000 },
    )
    assert.is(printed, '3 envelopes, 0 bad lines\n')
    assert.equal(readdirSync(folder).sort(), ['1.envelope', '2.envelope', '3.envelope'])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

main.run()
