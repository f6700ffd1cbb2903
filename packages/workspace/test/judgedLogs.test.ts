import { readFileSync } from 'node:fs'
import * as Micros from '@sentry-exporter/core/Micros'
import * as Config from '@sentry-exporter/exporter/Config'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as ExportLogsRequest from '@sentry-exporter/otlp/ExportLogsRequest'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import * as InMemorySentry from '@sentry-exporter/testing/InMemorySentry'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as arbitraryRequest from '../src/otlp/arbitraryRequest.ts'

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error('bad input in a test')
  return either.right
}

const NOW_MILLIS = 1_700_000_000_000

/** The verdicts of a Sentry in memory on the envelopes of logs, and the number of the logs. */
const judged = (given: OtlpInput.OtlpInput): readonly [ReadonlySet<string>, number] => {
  const sentry = InMemorySentry.make()
  const config = right(Config.decode({ dsn: sentry.dsn }))
  // A record of another time would be judged by its age.
  const records = given.logs.records.map((record) => ({
    ...record,
    timeMicros: Micros.fromMillis(NOW_MILLIS),
  }))
  const input = { ...OtlpInput.empty, logs: { ...given.logs, records } }
  const { assembled } = Pipeline.ofInput(config, NOW_MILLIS)(input)
  const verdicts = new Set<string>()
  let count = 0
  for (const { bytes: body, category, dsn, logs = 0 } of assembled.envelopes) {
    if (category !== 'log_item') continue
    count += logs
    const headers = { 'x-sentry-auth': `Sentry sentry_key=${dsn.publicKey}` }
    const url = `https://sentry.invalid/api/${dsn.projectId}/envelope/`
    const received = sentry.receive({ url, headers, body }, NOW_MILLIS)
    for (const verdict of received.verdicts) verdicts.add(JSON.stringify(verdict))
  }
  return [verdicts, count]
}

const KEPT = new Set([JSON.stringify({ _tag: 'Kept', item: { type: 'log' } })])

const logs = suite('logs as Sentry judges them')

const FOLDER = new URL('../fixtures/recorded/shop-new-pb/', import.meta.url)

logs('all recorded ones are kept, with every attribute', () => {
  for (const [name, records] of [
    ['0009-logs.pb', 29],
    ['0010-logs.pb', 2],
  ] as const) {
    const decoded = ExportLogsRequest.parseProtobuf(readFileSync(new URL(name, FOLDER)))
    const [verdicts, count] = judged({ ...OtlpInput.empty, logs: right(decoded) })
    assert.equal([verdicts, count], [KEPT, records])
  }
})

logs('law: so are those of any request', () => {
  fc.assert(
    fc.property(arbitraryRequest.logs, (request) => {
      const decoded = right(ExportLogsRequest.decode(JSON.parse(JSON.stringify(request))))
      const [verdicts, count] = judged({ ...OtlpInput.empty, logs: decoded })
      assert.is(count, decoded.records.length)
      if (count > 0) assert.equal(verdicts, KEPT)
    }),
    { numRuns: 300 },
  )
})

logs.run()
