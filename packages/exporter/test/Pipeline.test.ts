import { assemble } from '@sentry-exporter/core/assemble'
import * as Batch from '@sentry-exporter/core/Batch'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Mapping from '@sentry-exporter/core/Mapping'
import { defaultErrorRules } from '@sentry-exporter/core/pipeline'
import type { Span } from '@sentry-exporter/core/Span'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Item from '@sentry-exporter/envelope/Item'
import * as WellFormed from '@sentry-exporter/envelope/WellFormed'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import * as arbitrarySpans from '@sentry-exporter/testing/arbitrarySpans'
import * as EnvelopeReader from '@sentry-exporter/testing/EnvelopeReader'
import * as Recorded from '@sentry-exporter/workspace/Recorded'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as Config from '../src/Config.ts'
import * as EventEnvelope from '../src/EventEnvelope.ts'
import * as _ from '../src/Pipeline.ts'

const config = (input: object = {}): Config.Config => {
  const decoded = Config.decode({ dsn: 'https://key:hush@o17.ingest.sentry.io/1', ...input })
  if (E.isLeft(decoded)) throw new Error('a bad configuration in a test')
  return decoded.right
}

const batchOf = (recorded: Recorded.Recording): Batch.Batch =>
  Batch.concatAll(
    Recorded.bodies(recorded).map((body) => {
      const batch = ExportTraceRequest.parse(body)
      if (E.isLeft(batch)) throw new Error('recorded input that cannot be read')
      return batch.right
    }),
  )

const assembleUnaddressed = _.assemble({
  mapping: Mapping.sentry,
  limits: Limits.gateway,
  errors: defaultErrorRules,
  encode: EventEnvelope.unaddressed,
})

const bytesOf = (spans: ReadonlyArray<Span>): ReadonlyArray<Uint8Array> =>
  assembleUnaddressed([spans]).envelopes.map(Envelope.encode)

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error('a bad envelope in a test')
  return either.right
}

const payloads = suite('Pipeline.assemble: payloads')

payloads('finished spans give the same bytes as spans that stay JSON', () => {
  fc.assert(
    fc.property(arbitrarySpans.forest, (spans) => {
      const finished = assembleUnaddressed([spans])
        .envelopes.flatMap(({ items }) => items)
        .filter(({ header }) => header.type === 'transaction')
        .map((item) => new TextDecoder().decode(Item.joined(item).payload))
      const { transactions } = assemble({ mapping: Mapping.sentry })(spans)
      assert.equal(finished, transactions.map(WellFormed.stringify))
    }),
    { numRuns: 200 },
  )
})

payloads.run()

const recorded = suite('Pipeline.assemble: recorded input')

for (const one of Recorded.all) {
  recorded(`${one.name}: every span comes out once, in its own trace, below its parent`, () => {
    const { spans } = batchOf(one)
    const read = EnvelopeReader.read(bytesOf(spans))
    assert.equal(EnvelopeReader.problems(read), [])
    assert.equal(
      EnvelopeReader.spanKeys(read),
      spans.map(({ traceId, spanId }) => `${traceId} ${spanId}`).sort(),
    )
    // 44 segments, of which the report of thousands of queries is divided.
    assert.is(read.transactions.length, one.name === 'shop-old-json' ? 48 : 47)
    assert.is(read.errors.length, 5)
  })

  recorded(`${one.name}: without flags the segments are the same`, () => {
    const { spans } = batchOf(one)
    const bare = spans.map((span) => ({ ...span, flags: undefined }))
    assert.equal(bytesOf(bare), bytesOf(spans))
  })

  recorded(`${one.name}: in reverse the bytes are the same`, () => {
    const { spans } = batchOf(one)
    assert.equal(bytesOf([...spans].reverse()), bytesOf(spans))
  })
}

recorded.run()

const ofOtlpJson = suite('Pipeline.ofOtlpJson')

const request = (...spans: ReadonlyArray<object>): string =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: {
          attributes: [{ key: 'deployment.environment.name', value: { stringValue: 'staging' } }],
        },
        scopeSpans: [{ spans }],
      },
    ],
  })

const SPAN = {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  name: 'work',
  startTimeUnixNano: '1700000000000000000',
  endTimeUnixNano: '1700000000000000000',
}

const run = (text: string, input: object = {}): _.PipelineRun => {
  const result = _.ofOtlpJson(config(input))(text)
  if (E.isLeft(result)) throw new Error('a bad request in a test')
  return result.right
}

const header = ({ assembled }: _.PipelineRun): Envelope.EnvelopeHeader => {
  const [sealed] = assembled.envelopes
  const envelope = Envelope.decode(sealed?.bytes ?? new Uint8Array())
  if (E.isLeft(envelope)) throw new Error('a bad envelope')
  return envelope.right.header
}

ofOtlpJson('seals one envelope for each transaction, with what is lost if it is dropped', () => {
  const { assembled } = run(
    request(SPAN, { ...SPAN, spanId: 'c'.repeat(16), parentSpanId: SPAN.spanId }),
  )
  assert.is(assembled.envelopes.length, 1)
  const [sealed] = assembled.envelopes
  assert.is(sealed?.category, 'transaction')
  assert.equal(sealed?.lossesIfDropped, [
    ['transaction', 1],
    ['span', 2],
  ])
  assert.is(sealed?.eventId, header({ assembled } as _.PipelineRun).event_id)
})

ofOtlpJson('puts the trace into the header, and the environment only where it is forced', () => {
  assert.equal(header(run(request(SPAN))).trace, {
    trace_id: SPAN.traceId,
    public_key: 'key',
    sampled: 'true',
    org_id: '17',
  })
  assert.is(header(run(request(SPAN), { environment: 'prod' })).trace?.environment, 'prod')
})

/** A configuration, the trace state of the span, and the rate in the header. */
const RATES: ReadonlyArray<readonly [object, string, string | undefined]> = [
  [{}, '', undefined],
  [{}, 'ot=th:8', '0.5'],
  [{}, 'vendor=x, ot=th:c;rv:ffffffffffffff', '0.25'],
  [{}, 'ot=p:3', '0.125'],
  [{}, 'ot=th:0', '1'],
  [{}, 'ot=p:63', undefined],
  [{}, 'ot=th:xyz', undefined],
  [{ upstreamSampleRate: 0.1 }, '', '0.1'],
  [{ upstreamSampleRate: 0.1 }, 'ot=th:8', '0.5'],
  [{ upstreamSampleRate: 1e-9 }, '', '0.000000001'],
  [{ sampleRate: 0.9 }, '', '0.9'],
  [{ sampleRate: 0.9 }, 'ot=th:8;rv:ffffffffffffff', '0.5'],
  [{ sampleRate: 0.4, upstreamSampleRate: 0.5 }, 'ot=rv:ffffffffffffff', '0.4'],
]

for (const [input, traceState, rate] of RATES) {
  ofOtlpJson(
    `writes the rate ${rate} for ${JSON.stringify(input)} and "${traceState}", on errors too`,
    () => {
      const events = [
        { name: 'exception', attributes: [{ key: 'exception.type', value: { stringValue: 'E' } }] },
      ]
      const failed = { ...SPAN, traceState, events, status: { code: 2 } }
      const { envelopes } = run(request(failed), input).assembled
      assert.is(envelopes.length, 2)
      for (const { bytes } of envelopes) {
        const { header: found } = right(Envelope.decode(bytes))
        assert.is(found.trace?.sample_rate, rate)
      }
    },
  )
}

ofOtlpJson('writes no secret into an envelope', () => {
  const [sealed] = run(request(SPAN)).assembled.envelopes
  assert.not.match(new TextDecoder().decode(sealed?.bytes), 'hush')
})

ofOtlpJson('puts the environment on every event: the forced one, the span’s, the default', () => {
  const environment = (input: object, text = request(SPAN)): string | undefined => {
    const [sealed] = run(text, input).assembled.envelopes
    return /"environment":"([^"]*)","tags/.exec(new TextDecoder().decode(sealed?.bytes))?.[1]
  }
  assert.is(environment({ environment: 'prod' }), 'prod')
  assert.is(environment({ defaultEnvironment: 'prod' }), 'staging')
  const bare = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [SPAN] }] }] })
  assert.is(environment({ defaultEnvironment: 'prod' }, bare), 'prod')
  assert.is(environment({}, bare), undefined)
})

ofOtlpJson('sends errors before transactions', () => {
  const events = [
    { name: 'exception', attributes: [{ key: 'exception.type', value: { stringValue: 'A' } }] },
  ]
  const { assembled } = run(request({ ...SPAN, events, status: { code: 2 } }))
  assert.equal(
    assembled.envelopes.map(({ category }) => category),
    ['error', 'transaction'],
  )
})

ofOtlpJson('counts a rejected span and goes on', () => {
  const { assembled, batch } = run(request(SPAN, { ...SPAN, spanId: 'x' }))
  assert.equal(assembled.losses, { invalid: 1 })
  assert.is(batch.rejected.length, 1)
  assert.is(assembled.envelopes.length, 1)
})

ofOtlpJson.run()
