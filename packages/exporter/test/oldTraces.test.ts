import type { Attributes } from '@sentry-exporter/core/Attributes'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Micros from '@sentry-exporter/core/Micros'
import type { Span } from '@sentry-exporter/core/Span'
import * as SpanEvent from '@sentry-exporter/core/SpanEvent'
import type * as Sealed from '@sentry-exporter/envelope/Sealed'
import * as InMemorySentry from '@sentry-exporter/testing/InMemorySentry'
import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Config from '../src/Config.ts'
import * as EnvelopePlan from '../src/EnvelopePlan.ts'
import * as Pipeline from '../src/Pipeline.ts'

const NOW = 1_800_000_000_000

const HOUR = 3_600_000

const DAY_SECONDS = 86_400

/** Spans of one request, and the milliseconds after `NOW` at which it was accepted. */
interface Request {
  readonly spans: ReadonlyArray<Span>
  readonly afterMillis: number
}

interface Sent {
  readonly envelopes: ReadonlyArray<Sealed.Sealed>
  readonly losses: Losses.Losses
}

const send = (
  requests: ReadonlyArray<Request>,
  options: Partial<Config.ConfigInput> = {},
): Sent => {
  const decoded = Config.decode({
    dsn: 'https://0123456789abcdef0123456789abcdef@sentry.invalid/42',
    assembly: 'gateway',
    ...options,
  })
  if (decoded._tag === 'Left') throw new Error('a bad configuration in a test')
  const { initial, step } = Pipeline.machine(Pipeline.optionsOf(decoded.right))
  let state = initial
  const plans: Array<EnvelopePlan.EnvelopePlan> = []
  let losses = Losses.empty
  const take = (input: Parameters<typeof step>[1]): void => {
    const next = step(state, input)
    state = next.state
    plans.push(...next.emitted)
    losses = Losses.concat(losses, next.losses)
  }
  let nowMillis = NOW
  for (const { spans, afterMillis } of requests) {
    nowMillis += afterMillis
    take({ _tag: 'Arrived', nowMillis, spans })
    take({ _tag: 'Tick', nowMillis: nowMillis + 8_000 })
  }
  take({ _tag: 'Flush', nowMillis })
  const made = EnvelopePlan.makeAll(plans)
  return { envelopes: made.envelopes, losses: Losses.concat(losses, made.losses) }
}

interface Times {
  readonly span_id: string
  readonly start_timestamp: number
  readonly timestamp: number
}

interface Payload extends Times {
  readonly type?: string
  readonly contexts: { readonly trace: { readonly trace_id: string; readonly span_id: string } }
  readonly spans?: ReadonlyArray<Times>
}

const payloadsOf = ({ envelopes }: Sent): ReadonlyArray<Payload> =>
  // The header, the header of the item, the item.
  envelopes.map(
    ({ bytes }) => JSON.parse(new TextDecoder().decode(bytes).split('\n')[2] ?? '') as Payload,
  )

/** A span of a trace of several services: `offset` in seconds from the start of the trace. */
interface Part {
  readonly trace: number
  readonly offset: number
  readonly length: number
  readonly isEntry: boolean
}

const spansOf = (parts: ReadonlyArray<Part>, ages: ReadonlyArray<number>): ReadonlyArray<Span> =>
  parts.map(({ trace, offset, length, isEntry }, index) => {
    const start = NOW / 1_000 - (ages[trace] ?? 0) * DAY_SECONDS + offset
    const first = parts.findIndex((part) => part.trace === trace)
    return span({
      traceId: traceId(trace + 1),
      spanId: spanId(index + 1),
      parentSpanId: first === index ? undefined : spanId(first + 1),
      flags: isEntry || first === index ? 0x301 : 0x101,
      startMicros: Micros.of(Math.round(start * 1e6)),
      endMicros: Micros.of(Math.round((start + length) * 1e6)),
    })
  })

const parts = fc.array(
  fc.record({
    trace: fc.nat(2),
    offset: fc.integer({ min: -10_000, max: 10_000 }),
    length: fc.integer({ min: 0, max: 10_000 }),
    isEntry: fc.boolean(),
  }),
  { minLength: 1, maxLength: 15 },
)

// days, of the past and of the future
const ages = fc.array(
  fc.oneof(fc.constant(1), fc.double({ min: 5.5, max: 400, noNaN: true }), fc.constant(-2)),
  { minLength: 3, maxLength: 3 },
)

const old = suite('old traces')

old(
  'keep all offsets within a trace, are shifted by whole days, and are kept by the server',
  () => {
    fc.assert(
      fc.property(
        parts,
        ages,
        fc.array(fc.nat(HOUR / 2), { minLength: 1, maxLength: 4 }),
        (all, days, waits) => {
          const spans = spansOf(all, days)
          const requests = waits.map((afterMillis, request) => ({
            afterMillis,
            spans: spans.filter((_, index) => index % waits.length === request),
          }))
          const sent = send(requests)
          const lastMillis = NOW + waits.reduce((sum, wait) => sum + wait, 0)
          const received = InMemorySentry.judge(lastMillis)(sent.envelopes)
          assert.equal(InMemorySentry.problems(received), [])
          const shifts = new Map<string, Set<number>>()
          const byId = new Map<string, Span>(spans.map((one) => [one.spanId, one]))
          const see = (trace: string, { span_id, start_timestamp, timestamp }: Times): void => {
            const original = byId.get(span_id)
            if (original === undefined) return
            const by = start_timestamp - original.startMicros / 1e6
            assert.ok(Math.abs(timestamp - original.endMicros / 1e6 - by) < 1e-5)
            shifts.set(trace, (shifts.get(trace) ?? new Set()).add(Math.round(by * 1e3) / 1e3))
          }
          for (const { contexts, spans: children = [], start_timestamp, timestamp } of payloadsOf(
            sent,
          )) {
            const { trace_id, span_id } = contexts.trace
            see(trace_id, { span_id, start_timestamp, timestamp })
            for (const child of children) see(trace_id, child)
          }
          for (const [trace, by] of shifts) {
            assert.is(by.size, 1, `${trace} was shifted by ${[...by]}`)
            for (const one of by) assert.is(one % DAY_SECONDS, 0)
          }
          assert.equal(send(requests), sent)
        },
      ),
      { numRuns: 100 },
    )
  },
)

old(
  'are shifted against the time at which their request was accepted, whenever they are sent',
  () => {
    const spans = [
      span({
        startMicros: Micros.of((NOW - 200 * HOUR) * 1_000),
        endMicros: Micros.of((NOW - 199 * HOUR) * 1_000),
      }),
    ]
    const config = Config.decode({
      dsn: 'https://0123456789abcdef0123456789abcdef@sentry.invalid/42',
      assembly: 'gateway',
    })
    if (config._tag === 'Left') throw new Error('a bad configuration in a test')
    const bytesAt = (nowMillis: number): ReadonlyArray<string> => {
      const { initial, step } = Pipeline.machine(Pipeline.optionsOf(config.right))
      const arrived = step(initial, { _tag: 'Arrived', nowMillis, dateMillis: NOW, spans })
      const flushed = step(arrived.state, { _tag: 'Flush', nowMillis: nowMillis + 5_000 })
      return EnvelopePlan.makeAll(flushed.emitted).envelopes.map(({ bytes }) =>
        new TextDecoder().decode(bytes),
      )
    }
    assert.is(bytesAt(NOW).length, 1)
    assert.equal(bytesAt(NOW + 90 * HOUR), bytesAt(NOW))
  },
)

old('are counted once for each transaction', () => {
  const spans = spansOf(
    [
      { trace: 0, offset: 0, length: 10, isEntry: true },
      { trace: 0, offset: 1, length: 5, isEntry: false },
      { trace: 0, offset: 2, length: 1, isEntry: true },
    ],
    [30],
  )
  assert.equal(send([{ spans, afterMillis: 0 }]).losses, { moved: 2 })
})

old('are dropped and counted with the option, but not their errors', () => {
  const exception = {
    name: 'exception',
    timeMicros: Micros.of((NOW - 30 * 24 * HOUR) * 1_000),
    attributes: { 'exception.type': 'Error', 'exception.message': 'no' },
    droppedAttributes: 0,
  }
  const failed = (age: number): ReadonlyArray<Span> =>
    spansOf([{ trace: 0, offset: 0, length: 1, isEntry: true }], [age]).map((one) => ({
      ...one,
      status: { code: 'ERROR', message: '' },
      events: [{ ...exception, timeMicros: one.startMicros }],
    }))
  const month = send([{ spans: failed(30), afterMillis: 0 }], { oldTraces: 'drop' })
  assert.equal(month.losses, { old_trace: 1 })
  assert.equal(
    payloadsOf(month).map(({ timestamp }) => timestamp),
    [NOW / 1_000 - 30 * DAY_SECONDS],
  )
  const year = send([{ spans: failed(365), afterMillis: 0 }], { oldTraces: 'drop' })
  assert.equal(year.losses, { old_trace: 1, old_error: 1 })
  assert.equal(year.envelopes, [])
  const fresh = send([{ spans: failed(1), afterMillis: 0 }], { oldTraces: 'drop' })
  assert.equal(fresh.losses, {})
})

old('keep the times of their errors for ninety days; older ones move with the trace', () => {
  for (const [age, isMoved] of [
    [30, false],
    [200, true],
  ] as const) {
    const spans = spansOf([{ trace: 0, offset: 0, length: 1, isEntry: true }], [age]).map(
      (one): Span => ({
        ...one,
        status: { code: 'ERROR', message: '' },
        events: [
          {
            name: 'exception',
            timeMicros: Micros.of(one.startMicros + 500_000),
            attributes: { 'exception.type': 'Error', 'exception.message': 'no' },
            droppedAttributes: 0,
          },
        ],
      }),
    )
    const sent = send([{ spans, afterMillis: 0 }])
    const payloads = payloadsOf(sent)
    const error = payloads.find(({ type }) => type !== 'transaction')
    const transaction = payloads.find(({ type }) => type === 'transaction')
    const before = NOW / 1_000 - age * DAY_SECONDS
    const distance = (error?.timestamp ?? 0) - (transaction?.start_timestamp ?? 0)
    if (isMoved) assert.ok(Math.abs(distance - 0.5) < 1e-5)
    else assert.ok(Math.abs((error?.timestamp ?? 0) - before - 0.5) < 1e-5)
    assert.equal(sent.losses, { moved: isMoved ? 2 : 1 })
    assert.equal(InMemorySentry.problems(InMemorySentry.judge(NOW)(sent.envelopes)), [])
  }
})

old('keep errors and breadcrumbs at times that the server takes, however far apart', () => {
  const errorTimes = [
    (NOW + 400 * 24 * HOUR) * 1e3,
    (NOW - 400 * 24 * HOUR) * 1e3,
    253_402_300_799_000_000,
    1e30,
    Number.POSITIVE_INFINITY,
    Number.NaN,
    0,
  ]
  const breadcrumbTimes = [1, 1_000_000, Number.NEGATIVE_INFINITY, (NOW + 300 * 24 * HOUR) * 1e3]
  const event = (name: string, micros: number, attributes: Attributes): SpanEvent.SpanEvent =>
    SpanEvent.make({ name, timeMicros: Micros.of(micros), attributes })
  for (const time of errorTimes) {
    for (const before of breadcrumbTimes) {
      const spans = spansOf([{ trace: 0, offset: 0, length: 1, isEntry: true }], [1]).map(
        (one): Span => ({
          ...one,
          status: { code: 'ERROR', message: '' },
          events: [
            event('retry', before, { n: 1 }),
            event('exception', time, { 'exception.type': 'Error', 'exception.message': 'no' }),
          ],
        }),
      )
      const { envelopes } = send([{ spans, afterMillis: 0 }])
      assert.is(envelopes.length, 2)
      assert.equal(InMemorySentry.problems(InMemorySentry.judge(NOW)(envelopes)), [])
    }
  }
})

old.run()
