import type { Sealed } from '@sentry-exporter/envelope/Sealed'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as Overflow from '../src/Overflow.ts'
import * as _ from '../src/Queue.ts'
import type { Transport } from '../src/Transport.ts'
import * as TransportError from '../src/TransportError.ts'
import { accepted, type Sent, sealed, unreachable } from './envelopes.ts'

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A transport whose deliveries end when `release` is called, oldest first. */
const gated = (): {
  readonly transport: Transport
  readonly started: ReadonlyArray<string>
  readonly underWay: () => number
  readonly release: () => Promise<void>
} => {
  const started: Array<string> = []
  const gates: Array<() => void> = []
  return {
    started,
    underWay: () => gates.length,
    transport: (one) => () =>
      new Promise((resolve) => {
        started.push(String(one.eventId))
        gates.push(() => resolve(accepted()))
      }),
    release: async () => {
      gates.shift()?.()
      await settle()
    },
  }
}

const options = (about: Partial<_.QueueOptions> = {}): _.QueueOptions => ({
  concurrency: 1,
  overflow: 'dropOldest',
  maxItems: 2,
  maxBytes: Number.POSITIVE_INFINITY,
  ...about,
})

/** Offers all at once; gives the results by name, as they come. */
const offer = (transport: Transport, all: ReadonlyArray<Sealed>): Map<string, Sent> => {
  const results = new Map<string, Sent>()
  for (const one of all) {
    void transport(one)().then((sent) => results.set(String(one.eventId), sent))
  }
  return results
}

const outcomes = (results: ReadonlyMap<string, Sent>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...results].map(([name, sent]) => [name, E.isRight(sent) ? 'sent' : sent.left._tag]),
  )

const queue = suite('Queue')

queue('sends errors first, the others in their order', async () => {
  const gate = gated()
  const { policy } = _.make(options({ overflow: 'block' }))
  offer(policy(gate.transport), [
    sealed('transaction', 'a'),
    sealed('transaction', 'b'),
    sealed('error', 'c'),
    sealed('error', 'd'),
  ])
  for (let i = 0; i < 4; i++) await gate.release()
  assert.equal(gate.started, ['a', 'c', 'd', 'b'])
})

const OVERFLOWS: ReadonlyArray<
  readonly [Overflow.Overflow, string, Readonly<Record<string, string>>]
> = [
  // The first is under way at once, two more may wait.
  ['block', 'tttt', { a: 'sent', b: 'sent', c: 'sent', d: 'sent' }],
  ['dropOldest', 'tttt', { a: 'sent', b: 'Overflowed', c: 'sent', d: 'sent' }],
  ['dropNewest', 'tttt', { a: 'sent', b: 'sent', c: 'sent', d: 'Overflowed' }],
  ['dropOldest', 'ttte', { a: 'sent', b: 'Overflowed', c: 'sent', d: 'sent' }],
  ['dropNewest', 'ttte', { a: 'sent', b: 'sent', c: 'Overflowed', d: 'sent' }],
  ['dropOldest', 'teet', { a: 'sent', b: 'sent', c: 'sent', d: 'Overflowed' }],
  ['dropNewest', 'teet', { a: 'sent', b: 'sent', c: 'sent', d: 'Overflowed' }],
  ['dropOldest', 'teee', { a: 'sent', b: 'Overflowed', c: 'sent', d: 'sent' }],
  ['dropNewest', 'teee', { a: 'sent', b: 'sent', c: 'sent', d: 'Overflowed' }],
  ['dropOldest', 'tett', { a: 'sent', b: 'sent', c: 'Overflowed', d: 'sent' }],
]

for (const [overflow, kinds, expected] of OVERFLOWS) {
  queue(`${overflow}: ${kinds}`, async () => {
    const gate = gated()
    const { policy } = _.make(options({ overflow }))
    const all = [...kinds].map((kind, i) =>
      sealed(kind === 'e' ? 'error' : 'transaction', 'abcd'[i]),
    )
    const results = offer(policy(gate.transport), all)
    for (let i = 0; i < 4; i++) await gate.release()
    assert.equal(Object.fromEntries(Object.entries(outcomes(results)).sort()), expected)
  })
}

queue('accepts the whole batch of an accepted envelope', async () => {
  const gate = gated()
  const { policy, load, isFull } = _.make(options({ overflow: 'dropNewest' }))
  const [one, other] = [{}, {}]
  const results = offer(policy(gate.transport), [
    ...['a', 'b', 'c', 'd', 'e'].map((name) => sealed('transaction', name, { batch: one })),
    ...['f', 'g'].map((name) => sealed('transaction', name, { batch: other })),
  ])
  await settle()
  assert.equal(outcomes(results), { f: 'Overflowed', g: 'Overflowed' })
  assert.equal([load().items, isFull()], [4, true])
})

queue('bounds bytes too', async () => {
  const gate = gated()
  const cost = sealed('transaction', 'a').bytes.length + _.OVERHEAD_BYTES
  const { policy, load } = _.make(options({ maxItems: 100, maxBytes: cost * 2 }))
  offer(
    policy(gate.transport),
    [...'abcdefgh'].map((name) => sealed('transaction', name)),
  )
  await settle()
  assert.is(load().items, 2)
  assert.is(load().bytes, cost * 2)
})

queue(
  'when closed, abandons waiting and later envelopes, not those that are being sent',
  async () => {
    const gate = gated()
    const closing = new AbortController()
    const { policy } = _.make(options({ signal: closing.signal }))
    const transport = policy(gate.transport)
    const results = offer(transport, [sealed('error', 'a'), sealed('error', 'b')])
    closing.abort()
    assert.equal(await transport(sealed('error', 'c'))(), E.left(TransportError.abandoned))
    await gate.release()
    assert.equal(outcomes(results), { b: 'Abandoned', a: 'sent' })
  },
)

queue('continues after a transport that rejects', async () => {
  const { policy } = _.make(options())
  const transport = policy(() => () => Promise.reject(new Error('hush')))
  for (const name of ['a', 'b']) {
    const sent = await transport(sealed('error', name))()
    assert.is(E.isLeft(sent) && sent.left._tag, 'Unreachable')
  }
})

type Move =
  | { readonly _tag: 'Offer'; readonly error: boolean; readonly group: number }
  | { readonly _tag: 'Release' }

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      _tag: fc.constant('Offer' as const),
      error: fc.boolean(),
      group: fc.nat(3),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ _tag: 'Release' as const }) },
)

queue(
  'law: each envelope settles once; bounds hold; no error is dropped while another envelope waits',
  () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(move, { maxLength: 60 }),
        fc.constantFrom(...Overflow.modes),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 4 }),
        async (moves, overflow, concurrency, maxItems) => {
          const gate = gated()
          const { policy, load } = _.make(options({ overflow, concurrency, maxItems }))
          const transport = policy(gate.transport)
          const results: Array<readonly [string, Sent]> = []
          const waiting = new Set<string>()
          let given = 0
          let largestGroup = 1
          const groups = [0, 1, 2, 3].map((group) => ({ group, size: 0 }))
          for (const one of moves) {
            if (one._tag === 'Release') {
              await gate.release()
            } else {
              const name = `${one.error ? 'e' : 't'}${given++}`
              const batch = groups[one.group] ?? { group: 0, size: 0 }
              largestGroup = Math.max(largestGroup, ++batch.size)
              waiting.add(name)
              const group = one.group === 0 ? {} : { batch }
              void transport(sealed(one.error ? 'error' : 'transaction', name, group))().then(
                (sent) => {
                  waiting.delete(name)
                  results.push([name, sent])
                  if (E.isLeft(sent) && name.startsWith('e')) {
                    const others = [...waiting].filter((other) => other.startsWith('t'))
                    assert.equal(
                      others.filter((other) => !gate.started.includes(other)),
                      [],
                    )
                  }
                },
              )
              await settle()
            }
            assert.ok(gate.underWay() <= concurrency)
            if (overflow !== 'block') assert.ok(load().items <= maxItems + largestGroup)
          }
          while (gate.underWay() > 0) await gate.release()
          assert.equal(load(), { items: 0, bytes: 0 })
          assert.is(results.length, given)
          assert.is(new Set(results.map(([name]) => name)).size, given)
          assert.equal(
            results
              .filter(([, sent]) => E.isRight(sent))
              .map(([name]) => name)
              .sort(),
            [...gate.started].sort(),
          )
          if (overflow === 'block') assert.ok(results.every(([, sent]) => E.isRight(sent)))
        },
      ),
      { numRuns: 200 },
    ),
)

queue(
  'reports each loss once, before the callback, and calls back once for each envelope',
  async () => {
    const calls: Array<string> = []
    const gate = gated()
    const closing = new AbortController()
    const { giveTo } = _.make(
      options({
        signal: closing.signal,
        onLoss: ({ eventId }, error) => calls.push(`lost ${eventId} ${error._tag}`),
      }),
    )
    const give = giveTo((one) =>
      one.eventId === 'b' ? async () => unreachable : gate.transport(one),
    )
    for (const name of 'abcd') {
      give(sealed('transaction', name), (sent) => calls.push(`${name} ${sent._tag}`))
    }
    assert.equal(calls, ['lost b Overflowed', 'b Left'])
    await gate.release()
    give(sealed('transaction', 'b'), (sent) => calls.push(`b ${sent._tag}`))
    closing.abort()
    give(sealed('transaction', 'e'), (sent) => calls.push(`e ${sent._tag}`))
    await gate.release()
    assert.equal(calls.slice(2), [
      'a Right',
      'lost d Abandoned',
      'd Left',
      'lost b Abandoned',
      'b Left',
      'lost e Abandoned',
      'e Left',
      'c Right',
    ])
  },
)

queue('keeps the order if an envelope is given in a callback', async () => {
  const gate = gated()
  const give = _.make(options()).giveTo(gate.transport)
  give(sealed('transaction', 'a'), () => give(sealed('transaction', 'c'), () => undefined))
  give(sealed('transaction', 'b'), () => undefined)
  for (let i = 0; i < 3; i++) await gate.release()
  assert.equal(gate.started, ['a', 'b', 'c'])
})

queue('sends the given bytes, though others were added and removed in between', async () => {
  const given = Array.from({ length: 40 }, (_one, at) => sealed('transaction', String(at)))
  const seen: Array<Sealed> = []
  const { policy } = _.make(options({ maxItems: 25 }))
  const transport = policy((one) => async () => {
    seen.push(one)
    await settle()
    return accepted()
  })
  await Promise.all(given.map((one) => transport(one)()))
  assert.is(seen.length, 26)
  for (const one of seen) assert.equal(one.bytes, given[Number(one.eventId)]?.bytes)
})

queue.run()

const concurrency = suite('withConcurrency')

concurrency('limits the simultaneous deliveries; errors go first', async () => {
  const gate = gated()
  offer(
    _.withConcurrency(2)(gate.transport),
    [...'abcd'].map((name) => sealed(name === 'd' ? 'error' : 'transaction', name)),
  )
  assert.equal(gate.started, ['a', 'b'])
  for (let i = 0; i < 4; i++) await gate.release()
  assert.equal(gate.started, ['a', 'b', 'd', 'c'])
})

concurrency.run()
