import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as Dsn from '../src/Dsn.ts'
import * as _ from '../src/TraceHeader.ts'

const dsn = (text: string): Dsn.Dsn => {
  const parsed = Dsn.parse(text)
  if (E.isLeft(parsed)) throw new Error('a bad DSN in a test')
  return parsed.right
}

const traceHeader = suite('TraceHeader.of')

traceHeader('contains the trace, the key, and the known optional fields', () => {
  assert.equal(_.of(dsn('https://key@o17.ingest.sentry.io/1'), 'ab', 'prod'), {
    trace_id: 'ab',
    public_key: 'key',
    sampled: 'true',
    org_id: '17',
    environment: 'prod',
  })
  assert.equal(_.of(dsn('https://key@h/1'), 'ab', undefined, 0.25), {
    trace_id: 'ab',
    public_key: 'key',
    sampled: 'true',
    sample_rate: '0.25',
  })
})

traceHeader('prints a small sample rate without an exponent, and no rate of 0', () => {
  const rate = (sampleRate: number): string | undefined =>
    _.of(dsn('https://key@h/1'), 'ab', undefined, sampleRate).sample_rate
  assert.equal([rate(1), rate(1e-7), rate(0)], ['1', '0.0000001', undefined])
})

traceHeader.run()

const withKeyOf = suite('TraceHeader.withKeyOf')

withKeyOf('gives the header that the other DSN would have', () => {
  for (const rate of [undefined, 0.25, 1e-7]) {
    const unkeyed = _.of(Dsn.unknown, 'ab', 'prod', rate)
    const other = dsn('https://key@o17.ingest.sentry.io/1')
    const keyed = _.withKeyOf(other)(unkeyed)
    assert.equal([_.isUnkeyed(unkeyed), _.isUnkeyed(keyed)], [true, false])
    assert.is(JSON.stringify(keyed), JSON.stringify(_.of(other, 'ab', 'prod', rate)))
  }
})

withKeyOf.run()
