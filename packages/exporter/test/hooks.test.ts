import * as Batch from '@sentry-exporter/core/Batch'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Micros from '@sentry-exporter/core/Micros'
import type { Span } from '@sentry-exporter/core/Span'
import * as EnvelopeReader from '@sentry-exporter/testing/EnvelopeReader'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as InMemorySentry from '@sentry-exporter/testing/InMemorySentry'
import { resource, span, spanId, traceId } from '@sentry-exporter/testing/spans'
import type { Http } from '@sentry-exporter/transport/Http'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ConfigInput } from '../src/Config.ts'
import * as Exporter from '../src/Exporter.ts'
import type * as Outcome from '../src/Outcome.ts'

const NOW = 1_700_000_100_000

interface Setup {
  readonly clock: FakeClock.FakeClock
  readonly exporter: Exporter.Exporter
  readonly sentry: InMemorySentry.InMemorySentry
  readonly bodies: ReadonlyArray<Uint8Array>
}

/** Answers of a hook have any type here, as in a program in JavaScript. */
type Hostile = { readonly [key in keyof ConfigInput]?: unknown }

const setup = (config: Hostile): Setup => {
  const clock = FakeClock.make(NOW)
  const sentry = InMemorySentry.make()
  const bodies: Array<Uint8Array> = []
  const receive = sentry.http(clock)
  const http: Http = (request) => {
    bodies.push(request.body)
    return receive(request)
  }
  // The hooks have the types of no hook.
  const input = { dsn: sentry.dsn, sendClientReports: false, ...config } as ConfigInput
  return { clock, exporter: Exporter.open(input, http, clock), sentry, bodies }
}

const at = (millis: number): Micros.Micros => Micros.fromMillis(NOW - 1_000 + millis)

/** Two segments: one with a child that failed, one alone. */
const SPANS: ReadonlyArray<Span> = [
  span({ kind: 'SERVER', name: 'GET /', startMicros: at(0), endMicros: at(9) }),
  span({
    spanId: spanId(2),
    parentSpanId: spanId(1),
    name: 'query',
    startMicros: at(1),
    endMicros: at(2),
    status: { code: 'ERROR', message: '' },
    attributes: { list: ['a'], map: { deep: [1] } },
    events: [
      {
        name: 'exception',
        timeMicros: at(2),
        attributes: { 'exception.type': 'TypeError', 'exception.message': 'x' },
        droppedAttributes: 0,
      },
    ],
  }),
  span({
    traceId: traceId(2),
    kind: 'SERVER',
    name: 'alone',
    startMicros: at(3),
    endMicros: at(4),
  }),
]

/** Exports the spans, lets a minute pass, and checks the books and each envelope. */
const run = async (config: Hostile): Promise<Outcome.Outcome> => {
  const { clock, exporter, sentry, bodies } = setup(config)
  const exported = exporter.exportBatch({ ...Batch.empty, spans: SPANS })
  await clock.advance(60_000)
  await exported
  const closing = exporter.shutdown(1_000)
  await clock.advance(2_000)
  const outcome = await closing
  const lost = Losses.spans(outcome.rejected) + Losses.spans(outcome.dropped)
  assert.is(outcome.spansIn, SPANS.length)
  assert.is(outcome.delivered.spans + lost, outcome.spansIn)
  assert.is(outcome.waiting, 0)
  assert.equal(EnvelopeReader.problems(EnvelopeReader.read(bodies)), [])
  for (const { verdicts } of sentry.received) {
    for (const verdict of verdicts) {
      // A text that a hook made too long may be cut; nothing is dropped.
      assert.ok(['Cut', 'Kept'].includes(verdict._tag), JSON.stringify(verdict))
    }
  }
  return outcome
}

const circle: Record<string, unknown> = {}
circle['again'] = circle

const shared: ReadonlyArray<unknown> = Array.from({ length: 40 }).reduce<ReadonlyArray<unknown>>(
  (inner) => [inner, inner],
  [],
)

const throwing = {
  get name(): string {
    throw new Error('a getter that throws')
  },
}

const proxy = new Proxy(
  {},
  {
    get: () => {
      throw new Error('a proxy that throws')
    },
    getPrototypeOf: () => {
      throw new Error('a proxy that throws')
    },
    ownKeys: () => {
      throw new Error('a proxy that throws')
    },
  },
)

/** Values that no field of a span or an event has. */
const BAD: ReadonlyArray<readonly [string, () => unknown]> = [
  ['a circle', () => circle],
  ['lists that share their parts', () => shared],
  ['a date', () => new Date(0)],
  ['a map', () => new Map([[1, 2]])],
  ['a function', () => () => 1],
  ['a symbol', () => Symbol('s')],
  ['a promise', () => Promise.resolve(1)],
  ['a promise that rejects', () => Promise.reject(new Error('rejected'))],
  ['a proxy that throws', () => proxy],
  ['a getter that throws', () => throwing],
  ['undefined in a list', () => [undefined]],
]

const HOOKS = ['beforeSendSpan', 'beforeSendTransaction', 'beforeSendError', 'fingerprint'] as const

const hooks = suite('hooks')

for (const hook of HOOKS) {
  const costsError = hook === 'beforeSendError' || hook === 'fingerprint'
  const isFailed = ({ rejected, problems }: Outcome.Outcome, text: RegExp): void => {
    assert.is(costsError ? rejected.hook_failed_error : rejected.hook_failed, costsError ? 1 : 3)
    assert.ok(
      problems.some((problem) => problem.startsWith(`${hook} `) && text.test(problem)),
      problems.join('\n'),
    )
  }

  hooks(`${hook} that throws costs only what it was given`, async () => {
    for (const reason of [new Error('mine'), null, 5, Symbol('s'), proxy, Object.create(null)]) {
      const outcome = await run({
        [hook]: () => {
          throw reason
        },
      })
      isFailed(outcome, /threw/)
    }
  })

  hooks(`${hook} that returns a promise is refused: hooks are synchronous`, async () => {
    isFailed(await run({ [hook]: async (value: unknown) => value }), /hooks are synchronous/)
    const rejecting = async () => {
      throw new Error('rejected')
    }
    isFailed(await run({ [hook]: rejecting }), /hooks are synchronous/)
  })

  for (const [name, make] of [
    ...BAD,
    ['{}', () => ({})],
    ['true', () => true],
    ['a number', () => 5],
    ['a bigint', () => 5n],
  ] satisfies ReadonlyArray<readonly [string, () => unknown]>) {
    hooks(`${hook} that returns ${name} costs only what it was given`, async () => {
      isFailed(await run({ [hook]: make }), /returned/)
    })
  }
}

for (const [name, make] of [...BAD, ['a bigint', () => 5n] as const]) {
  hooks(`${name} anywhere in an event is refused, with its place`, async () => {
    const inContext = await run({
      beforeSendTransaction: (head: { contexts: object }) => ({
        ...head,
        contexts: { ...head.contexts, own: { deep: make() } },
      }),
    })
    assert.is(inContext.rejected.hook_failed, 3)
    const inExtra = await run({
      beforeSendError: (error: object) => ({ ...error, extra: { deep: make() } }),
    })
    assert.is(inExtra.rejected.hook_failed_error, 1)
  })
}

for (const [name, make] of BAD) {
  hooks(`${name} among the attributes of a span is refused`, async () => {
    const outcome = await run({
      beforeSendSpan: (one: Span) =>
        one.name === 'query' ? { ...one, attributes: { deep: make() } } : one,
    })
    assert.is(outcome.rejected.hook_failed, 1)
    assert.is(outcome.delivered.spans, 2)
  })
}

hooks('the rest of a segment is sent without the entry for which a hook failed', async () => {
  const outcome = await run({ beforeSendSpan: (one: Span) => (one.name === 'GET /' ? {} : one) })
  assert.is(outcome.rejected.hook_failed, 1)
  assert.is(outcome.rejected.before_send, undefined)
  assert.equal(outcome.delivered, { transactions: 2, spans: 2, errors: 1, logs: 0, metrics: 0 })
})

hooks('what a hook writes in place shows on its span alone', async () => {
  const { exporter, bodies, clock } = setup({
    beforeSendSpan: (one: { name: string; attributes: Record<string, unknown> }) => {
      if (one.name === 'GET /') one.attributes['tenant'] = 'ACME'
      return one
    },
  })
  const exported = exporter.exportBatch({ ...Batch.empty, spans: SPANS })
  await clock.advance(1_000)
  await exported
  const texts = bodies.map((body) => new TextDecoder().decode(body))
  assert.is(texts.filter((text) => text.includes('"tenant":"ACME"')).length, 1)
  assert.equal(span().attributes, {})
})

hooks('a hook that writes into what spans share fails', async () => {
  const outcome = await run({
    beforeSendSpan: (one: { resource: { attributes: Record<string, unknown> } }) => {
      one.resource.attributes['tenant'] = 'ACME'
      return one
    },
  })
  assert.is(outcome.rejected.hook_failed, 3)
})

hooks('books balance in a gateway whose hooks fail in a timer', async () => {
  for (const hook of HOOKS) {
    const outcome = await run({ assembly: 'gateway', [hook]: () => ({ n: 10n }) })
    assert.ok(outcome.problems.some((problem) => problem.startsWith(hook)))
  }
})

/** An answer that changes one part of what the hook was given, in any way. */
const answer: fc.Arbitrary<(value: unknown) => unknown> = fc.oneof(
  fc
    .anything({ withBigInt: true, withDate: true, withMap: true, withSet: true })
    .map((any) => () => any),
  fc.constantFrom(...BAD.map(([, make]) => make)),
  fc.constant((value: unknown) => value),
  fc
    .tuple(fc.string(), fc.anything({ withBigInt: true, withNullPrototype: true }), fc.nat(30))
    .map(([key, any, index]) => (value: unknown) => {
      if (typeof value !== 'object' || value === null) return value
      const keys = Object.keys(value)
      return { ...value, [keys[index % (keys.length + 1)] ?? key]: any }
    }),
  // In place, in a part of a part.
  fc.tuple(fc.anything(), fc.nat(30)).map(([any, index]) => (value: unknown) => {
    const parts = Object.values(value ?? {}).filter((one) => typeof one === 'object')
    const part: unknown = parts[index % Math.max(1, parts.length)]
    if (typeof part === 'object' && part !== null) Object.assign(part, { own: any })
    return value
  }),
)

hooks(
  'any answers of all hooks at once leave the books right and the envelopes valid',
  async () => {
    await fc.assert(
      fc.asyncProperty(answer, answer, answer, answer, async (first, second, third, fourth) => {
        await run({
          beforeSendSpan: first,
          beforeSendTransaction: second,
          beforeSendError: third,
          fingerprint: fourth,
        })
      }),
      { numRuns: 150 },
    )
  },
)

/** A call whose halves have one id, as those of Zipkin, with a span above and a span below it. */
const CALL: ReadonlyArray<Span> = [
  span({ name: 'page', kind: 'SERVER', startMicros: at(0), endMicros: at(9) }),
  span({
    spanId: spanId(2),
    parentSpanId: spanId(1),
    name: 'call',
    kind: 'CLIENT',
    startMicros: at(1),
    endMicros: at(8),
  }),
  span({
    spanId: spanId(2),
    parentSpanId: spanId(1),
    name: 'handle',
    kind: 'SERVER',
    startMicros: at(2),
    endMicros: at(7),
    resource: resource('basket'),
  }),
  span({
    spanId: spanId(3),
    parentSpanId: spanId(2),
    name: 'select',
    startMicros: at(3),
    endMicros: at(4),
    resource: resource('basket'),
  }),
]

for (const dropped of [
  [],
  ['call'],
  ['handle'],
  ['call', 'handle'],
  ['select'],
  ['page', 'call'],
]) {
  hooks(`of the halves of a call, ${dropped.join(' and ') || 'nothing'} is dropped`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...CALL], { minLength: CALL.length }),
        fc.constantFrom('gateway', 'in-process'),
        async (spans, assembly) => {
          const { clock, exporter, bodies } = setup({
            assembly,
            beforeSendSpan: (one: Span) => (dropped.includes(one.name) ? undefined : one),
          })
          for (const one of spans) await exporter.exportBatch({ ...Batch.empty, spans: [one] })
          const closing = exporter.shutdown(1_000)
          await clock.advance(2_000)
          const { delivered, rejected, waiting } = await closing
          assert.equal([delivered.spans + Losses.spans(rejected), waiting], [CALL.length, 0])
          assert.is(rejected.duplicate, undefined)
          const read = EnvelopeReader.read(bodies)
          assert.equal(EnvelopeReader.problems(read), [])
          const ids = read.transactions.flatMap(({ root, spans: below }) =>
            [root, ...below].filter(({ isSynthetic }) => !isSynthetic).map(({ spanId: id }) => id),
          )
          assert.is(new Set(ids).size, delivered.spans)
        },
      ),
      { numRuns: 24 },
    )
  })
}

hooks.run()
