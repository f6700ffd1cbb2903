import { assemble } from '@sentry-exporter/core/assemble'
import * as Mapping from '@sentry-exporter/core/Mapping'
import { defaultErrorRules } from '@sentry-exporter/core/pipeline'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import { span, spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Config from '../src/Config.ts'
import * as _ from '../src/EventEnvelope.ts'
import * as Pipeline from '../src/Pipeline.ts'

const SPANS = [
  span({
    status: { code: 'ERROR', message: '' },
    events: [
      {
        name: 'exception',
        timeMicros: span().startMicros,
        attributes: { 'exception.type': 'Oops' },
        droppedAttributes: 0,
      },
    ],
  }),
  span({ spanId: spanId(2), parentSpanId: spanId(1), flags: 0x101 }),
]

const config = Config.decode({ dsn: 'https://key@sentry.example.com/1' })
if (config._tag === 'Left') throw new Error('a bad configuration in a test')

const options = {
  ...Pipeline.optionsOf(config.right),
  errors: defaultErrorRules,
  encodeItems: undefined,
}

const encode = suite('EventEnvelope')

encode('counts the spans and the category of an event', () => {
  const { envelopes } = Pipeline.assemble({
    ...options,
    encode: (event) => [_.categoryOf(event), _.spansIn(event)],
  })([SPANS])
  assert.equal(envelopes, [
    ['error', 0],
    ['transaction', 2],
  ])
})

encode('seals with a trace header, and leaves it out without a project', () => {
  const { envelopes: sealed } = Pipeline.assemble(options)([SPANS])
  const { envelopes: unaddressed } = Pipeline.assemble({ ...options, encode: _.unaddressed })([
    SPANS,
  ])
  const { transactions } = assemble({ mapping: Mapping.sentry })(SPANS)
  for (const [index, { bytes, eventId }] of sealed.entries()) {
    const decoded = Envelope.decode(bytes)
    if (decoded._tag === 'Left') throw new Error('a bad envelope')
    const { trace, ...header } = decoded.right.header
    assert.is(trace?.trace_id, SPANS[0]?.traceId)
    const { trace: none, ...other } = unaddressed[index]?.header ?? {}
    assert.equal([none, other], [undefined, header])
    assert.is(header.event_id, eventId)
  }
  assert.is(sealed[1]?.eventId, transactions[0]?.event_id)
  assert.equal(sealed[1]?.lossesIfDropped, [
    ['transaction', 1],
    ['span', 2],
  ])
})

encode.run()
