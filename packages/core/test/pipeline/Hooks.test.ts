import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as O from '#fp-ts/Option'
import * as Hook from '../../src/filter/Hook.ts'
import * as HookFailure from '../../src/filter/HookFailure.ts'
import * as Sampling from '../../src/filter/Sampling.ts'
import * as SpanFilter from '../../src/filter/SpanFilter.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Micros from '../../src/model/Micros.ts'
import type { Span } from '../../src/model/Span.ts'
import * as TraceState from '../../src/model/TraceState.ts'
import { assemble } from '../../src/pipeline/assemble.ts'
import * as Hooks from '../../src/pipeline/Hooks.ts'

const run = (hooks: Partial<Hooks.Hooks>): ReturnType<typeof assemble> =>
  assemble({ mapping: Mapping.sentry, hooks: { ...Hooks.defaults, ...hooks } })

const child = (id: number, parent: number, fields: Partial<Span> = {}): Span =>
  span({ spanId: spanId(id), parentSpanId: spanId(parent), flags: 0x101, ...fields })

const THREE = [
  span({ name: 'root' }),
  child(2, 1, { name: 'middle' }),
  child(3, 2, { name: 'leaf' }),
]

const exception: Span['events'][number] = {
  name: 'exception',
  timeMicros: Micros.of(1_700_000_000_500_000),
  attributes: { 'exception.type': 'Oops' },
  droppedAttributes: 0,
}

const spans = suite('Hooks.span')

spans('changes a span before anything is made of it', () => {
  const { transactions } = run({
    span: (one) =>
      O.some({ ...one, name: `${one.name}!`, attributes: { ...one.attributes, extra: 1 } }),
  })(THREE)
  assert.is(transactions[0]?.transaction, 'root!')
  assert.equal(transactions[0]?.contexts.trace.data, { extra: 1, 'sentry.name': 'root!' })
})

spans('the children of a dropped span get its parent, and it is counted', () => {
  const { transactions, losses } = run({ span: Hook.dropIf(({ name }) => name === 'middle') })(
    THREE,
  )
  assert.equal(
    transactions[0]?.spans.map((one) => [one.description, one.parent_span_id]),
    [['leaf', spanId(1)]],
  )
  assert.equal(losses, { before_send: 1 })
})

spans('of a dropped entry all goes', () => {
  const { transactions, losses } = run({ span: Hook.dropIf(({ name }) => name === 'root') })(THREE)
  assert.equal(transactions, [])
  assert.equal(losses, { before_send: 3 })
})

spans('cannot move a span to another place, and what it adds is cleaned', () => {
  const { transactions } = run({
    span: (one) =>
      O.some({ ...one, spanId: spanId(7), traceId: traceId(9), attributes: { password: 'hush' } }),
  })([span()])
  assert.is(transactions[0]?.contexts.trace.span_id, spanId(1))
  assert.is(transactions[0]?.contexts.trace.trace_id, traceId(1))
  assert.is(transactions[0]?.contexts.trace.data?.['password'], '[Filtered]')
})

spans('that fail drop what they were given', () => {
  const { transactions, losses } = run({
    span: () => {
      throw new Error('a bug')
    },
  })(THREE)
  assert.equal(transactions, [])
  assert.equal(losses, { hook_failed: 3 })
})

spans('one after the other, as long as something is left', () => {
  const add =
    (letter: string): Hook.Hook<string> =>
    (text) =>
      O.some(text + letter)
  const none: Hook.Hook<string> = () => O.none
  const { concat } = Hook.getMonoid<string>()
  assert.equal(concat(add('a'), add('b'))?.('x'), O.some('xab'))
  assert.equal(concat(none, add('b'))?.('x'), O.none)
  assert.equal(concat(undefined, add('b'))?.('x'), O.some('xb'))
  assert.is(concat(undefined, undefined), undefined)
})

spans.run()

const standalone = suite('Intake.dropStandalone')

const KEPT: ReadonlyArray<readonly [Partial<Span>, boolean]> = [
  [{ kind: 'CLIENT' }, false],
  [{ kind: 'PRODUCER' }, false],
  [{ kind: 'CLIENT', status: { code: 'ERROR', message: '' } }, true],
  [{ kind: 'CLIENT', parentSpanId: spanId(9) }, true],
  [{ kind: 'SERVER' }, true],
  [{ kind: 'CONSUMER' }, true],
  [{ kind: 'INTERNAL' }, true],
]

for (const [fields, isKept] of KEPT) {
  standalone(`${JSON.stringify(fields)} is ${isKept ? 'kept' : 'dropped'}`, () => {
    assert.is(O.isSome(SpanFilter.dropStandalone(span(fields))), isKept)
  })
}

standalone('drops its descendants too', () => {
  const { transactions, losses } = run({ span: SpanFilter.dropStandalone })([
    span({ kind: 'CLIENT' }),
    child(2, 1),
    span({ spanId: spanId(3) }),
  ])
  assert.is(transactions.length, 1)
  assert.equal(losses, { before_send: 2 })
})

standalone.run()

const heads = suite('Hooks.transaction')

heads('changes the head, and sees the spans', () => {
  const { transactions } = run({
    transaction: (head, read) =>
      O.some({
        ...head,
        transaction: read()
          .map((one) => one.description)
          .join('+'),
        tags: { ...head.tags, own: 'x\ny', 'a b': 'c' },
        user: { id: '7' },
      }),
  })(THREE)
  assert.is(transactions[0]?.transaction, 'middle+leaf')
  assert.is(transactions[0]?.tags['own'], 'x y')
  assert.is(transactions[0]?.tags['a_b'], 'c')
  assert.equal(transactions[0]?.user, { id: '7' })
  assert.is(transactions[0]?.spans.length, 2)
})

heads('cannot change ids and times, and what they give is held to the limits', () => {
  const before = run({})(THREE).transactions[0]
  const after = run({
    transaction: (head) =>
      O.some({
        ...head,
        // An id that no content made: what a hook of JavaScript could give.
        event_id: 'x' as typeof head.event_id,
        start_timestamp: Number.NaN,
        timestamp: -1,
        transaction: ' ',
        contexts: {
          ...head.contexts,
          trace: { ...head.contexts.trace, data: { big: 'x'.repeat(200_000) } },
        },
      }),
  })(THREE).transactions[0]
  assert.is(after?.event_id, before?.event_id)
  assert.is(after?.start_timestamp, before?.start_timestamp)
  assert.is(after?.timestamp, before?.timestamp)
  assert.is(after?.transaction, 'root')
  assert.ok(JSON.stringify({ ...after, spans: [] }).length <= 150 * 1024)
})

heads('of a dropped transaction every span is counted', () => {
  const { transactions, losses } = run({ transaction: () => O.none })(THREE)
  assert.equal(transactions, [])
  assert.equal(losses, { before_send: 3 })
})

heads.run()

const errors = suite('Hooks.error')

errors('changes an error but for its id, or drops it', () => {
  const failing = [span({ events: [exception], status: { code: 'ERROR', message: '' } })]
  const [before] = run({})(failing).errors
  const [after] = run({
    error: (error) =>
      O.some({ ...error, level: 'warning', event_id: 'x' as typeof error.event_id }),
  })(failing).errors
  assert.is(after?.level, 'warning')
  assert.is(after?.event_id, before?.event_id)
  const dropped = run({ error: () => O.none })(failing)
  assert.equal(dropped.errors, [])
  assert.equal(dropped.losses, { before_send_error: 1 })
  assert.is(dropped.transactions.length, 1)
})

errors.run()

const functions = suite('functions of the user')

/** Any value, as a program in JavaScript may return it. */
const any = <A>(value: unknown): A => value as A

const ANSWERS: ReadonlyArray<readonly [string, () => unknown]> = [
  ['throws', () => Number.parseInt('x', 10).toFixed(1_000)],
  ['returns a promise', () => Promise.reject(new Error('rejected'))],
  ['returns a bigint', () => 5n],
  ['returns a function', () => () => 1],
  ['returns a map', () => new Map()],
  ['returns a list', () => [1n]],
]

const OF_SPANS = ['data', 'description', 'name', 'op', 'spanTags', 'status'] as const

const OF_RESOURCES = [
  'contexts',
  'dist',
  'environment',
  'platform',
  'release',
  'serverName',
  'tags',
] as const

for (const [what, answer] of ANSWERS) {
  for (const name of OF_SPANS) {
    functions(`of a mapping: ${name} that ${what} costs the span`, () => {
      const own = {
        [name]: (one: Span) => (one.name === 'middle' ? any(answer()) : DEFAULTS[name]),
      }
      const mapping = { ...Mapping.sentry, ...own }
      const { transactions, losses, failures } = assemble({ mapping })(THREE)
      assert.is(losses.hook_failed, 1)
      assert.equal(
        transactions.map((one) => one.spans.length),
        [1],
      )
      assert.match(failures?.map(HookFailure.show).join() ?? '', /^mapping (threw|returned)/)
    })
  }
  for (const name of OF_RESOURCES) {
    functions(`of a mapping: ${name} that ${what} costs the field`, () => {
      const mapping: Mapping.Mapping = { ...Mapping.sentry, [name]: () => any(answer()) }
      const { transactions, losses, failures } = assemble({ mapping })(THREE)
      assert.is(transactions.length, 1)
      assert.is(losses.field, 1)
      assert.is(failures?.length, 1)
    })
  }
  functions(`a parser that ${what} recognises nothing`, () => {
    const parser = {
      platform: 'own',
      languages: ['own'],
      recognises: () => true,
      parse: () => any<never>(answer()),
    }
    const stack = { 'exception.type': 'Oops', 'exception.stacktrace': 'some text' }
    const failing = span({
      status: { code: 'ERROR', message: '' },
      events: [{ ...exception, attributes: stack }],
    })
    const { errors: made, failures } = assemble({
      mapping: Mapping.sentry,
      errors: { parsers: [parser] },
    })([failing])
    assert.is(made[0]?.exception.values[0]?.type, 'Oops')
    assert.equal(made[0]?.extra, { 'exception.stacktrace': 'some text' })
    assert.match(failures?.map(HookFailure.show).join() ?? '', /^parsers (threw|returned)/)
  })
}

const DEFAULTS = {
  data: {},
  description: 'd',
  name: { name: 'n', source: 'custom' },
  op: 'o',
  spanTags: {},
  status: 'ok',
} as const

functions('ignoreErrors takes frozen, global and sticky expressions', () => {
  const failing = span({ events: [exception], status: { code: 'ERROR', message: '' } })
  for (const expression of [/Oops/, /Oops/g, /Oops/y, Object.freeze(/Oops/g)]) {
    const run = assemble({ mapping: Mapping.sentry, errors: { ignoreErrors: [expression] } })
    for (let times = 0; times < 3; times++) assert.is(run([failing]).losses.error_ignored, 1)
  }
})

functions('values that are no spans are counted, and cost nothing else', () => {
  const hostile = [undefined, null, 5, 'x', {}, { ...span(), attributes: undefined }]
  const { transactions, losses } = run({})([...any<ReadonlyArray<Span>>(hostile), ...THREE])
  assert.is(transactions.length, 1)
  assert.is(losses.invalid, hostile.length)
})

functions.run()

const sampling = suite('Sampling')

const randomId: fc.Arbitrary<Span['traceId']> = fc
  .bigInt({ min: 1n, max: 2n ** 128n - 1n })
  // All of its digits are hexadecimal, and it is not zero.
  .map((id) => id.toString(16).padStart(32, '0') as Span['traceId'])

sampling('keeps a trace whole, and counts the others', () => {
  const many = Array.from({ length: 400 }, (_, n) => {
    const id = {
      traceId:
        `${'0'.repeat(18)}${((n * 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')}000000` as Span['traceId'],
    }
    return [span(id), child(2, 1, id)]
  }).flat()
  const { transactions, losses } = run({ sampleRate: 0.25 })(many)
  assert.ok(transactions.every((one) => one.spans.length === 1))
  assert.ok(transactions.length > 70 && transactions.length < 130, `${transactions.length}`)
  assert.is(transactions.length * 2 + (losses.sampled ?? 0), many.length)
})

sampling('who keeps at a lower rate keeps nothing that is not kept at a higher one', () => {
  fc.assert(
    fc.property(
      randomId,
      fc.constantFrom('', 'ot=rv:80000000000000', 'ot=r:2', 'ot=rv:nonsense'),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (id, traceState, a, b) => {
        const one = { traceId: id, traceState }
        if (Sampling.isKept(Math.min(a, b))(one)) assert.ok(Sampling.isKept(Math.max(a, b))(one))
        assert.ok(Sampling.isKept(1)(one))
        assert.not.ok(Sampling.isKept(0)(one))
      },
    ),
    { numRuns: 300 },
  )
})

sampling('decides by the threshold as OpenTelemetry does', () => {
  const at = (digits: string): Span => span({ traceState: `ot=rv:${digits}` })
  assert.ok(Sampling.isKept(0.5)(at('80000000000000')))
  assert.not.ok(Sampling.isKept(0.5)(at('7fffffffffffff')))
  const byId = (end: string): Span =>
    // Digits of a valid id.
    span({ traceId: `${'0'.repeat(17)}1${end}` as Span['traceId'] })
  assert.ok(Sampling.isKept(0.25)(byId('c0000000000000')))
  assert.not.ok(Sampling.isKept(0.25)(byId('bfffffffffffff')))
})

sampling('the rate that holds is the smaller one', () => {
  assert.is(Sampling.rateOf(1, undefined), undefined)
  assert.is(Sampling.rateOf(1, 0.5), 0.5)
  assert.is(Sampling.rateOf(0.25, 0.5), 0.25)
  assert.is(Sampling.rateOf(0.5, 0.25), 0.25)
  assert.is(Sampling.rateOf(0.5, undefined), 0.5)
})

const RATES: ReadonlyArray<readonly [string, number | undefined]> = [
  ['', undefined],
  ['a=b', undefined],
  ['ot=th:0', 1],
  ['ot=th:8', 0.5],
  ['ot=th:c', 0.25],
  ['ot=rv:01234567890abc;th:fd70a3d70a3d71', 0.01],
  ['a=b , ot=th:8', 0.5],
  ['ot=p:0', 1],
  ['ot=p:2;r:5', 0.25],
  ['ot=p:63', undefined],
  ['ot=th:', undefined],
  ['ot=th:800000000000000', undefined],
  ['ot=th:G', undefined],
  ['ot', undefined],
]

for (const [traceState, rate] of RATES) {
  sampling(`the trace state "${traceState}" gives ${rate}`, () => {
    const found = TraceState.sampleRate(traceState)
    assert.is(found === undefined ? undefined : Math.round(found * 1e9) / 1e9, rate)
  })
}

sampling('the random number is from 0 to 1, whatever there is', () => {
  fc.assert(
    fc.property(randomId, fc.string(), fc.nat(80), (id, text, power) => {
      for (const state of ['', text, `ot=${text}`, `ot=r:${power}`, `ot=rv:${text}`]) {
        const random = TraceState.randomness(id, state)
        assert.ok(random >= 0 && random <= 1, `${random}`)
      }
    }),
  )
})

sampling.run()
