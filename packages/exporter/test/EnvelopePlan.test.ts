import * as Limits from '@sentry-exporter/core/Limits'
import { Assembly } from '@sentry-exporter/core/pipeline'
import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as O from '#fp-ts/Option'
import * as Config from '../src/Config.ts'
import * as _ from '../src/EnvelopePlan.ts'
import * as Pipeline from '../src/Pipeline.ts'

const SPANS = [1, 2].flatMap((n) => [
  span({ traceId: traceId(n), spanId: spanId(1), name: `job ${n}` }),
  span({ traceId: traceId(n), spanId: spanId(2), parentSpanId: spanId(1), flags: 0x101 }),
])

const config = ((): Config.Config => {
  const decoded = Config.decode({ dsn: 'https://key@sentry.example.com/1' })
  if (decoded._tag === 'Left') throw new Error('a bad configuration in a test')
  return decoded.right
})()

/** The plans that are ready at once, with a hook for transactions; and the names that the hook received. */
const readyWith = (
  isKept: (name: string) => boolean,
): { readonly ready: ReadonlyArray<_.EnvelopePlan>; readonly seen: ReadonlyArray<string> } => {
  const seen: Array<string> = []
  const { initial, step } = Pipeline.machine({
    ...Pipeline.optionsOf(config),
    limits: Limits.inProcess,
    hooks: {
      ...config.hooks,
      transaction: (head) => {
        seen.push(head.transaction)
        return isKept(head.transaction) ? O.some(head) : O.none
      },
    },
  })
  return {
    ready: step(initial, Assembly.arrived(SPANS)).emitted,
    seen,
  }
}

const ready = suite('EnvelopePlan')

ready('is made when it is asked for, and each time the same', () => {
  const { ready: all, seen } = readyWith(() => true)
  assert.equal(seen, [])
  assert.is(_.spansIn(all), 4)
  const [first] = all
  assert.equal(first?.make(), first?.make())
  assert.equal(seen, ['job 1', 'job 1'])
})

ready('counts the spans of a transaction that a hook dropped', () => {
  const { ready: all } = readyWith((name) => name !== 'job 1')
  const made = all.map(({ make }) => make())
  assert.equal(
    made.map(({ envelope, losses }) => [envelope?.spans, losses]),
    [
      [undefined, { before_send: 2 }],
      [2, {}],
    ],
  )
  const { envelopes, losses } = _.makeAll(all)
  assert.is(envelopes.length, 1)
  assert.equal(losses, { before_send: 2 })
})

ready('joins the losses and the failures of steps and of their envelopes', () => {
  const failure = { _tag: 'Promised', hook: 'beforeSendLog' } as const
  const plan = {
    spans: 0,
    make: () => ({ envelope: undefined, losses: { unrouted: 1 }, failure }),
  }
  const steps = [
    { plans: [plan], losses: { trimmed: 1 } },
    _.nothing,
    { plans: [{ ...plan, make: () => ({ envelope: 'a', losses: {} }) }], losses: { trimmed: 2 } },
  ]
  assert.equal(_.makeSteps(steps), {
    envelopes: ['a'],
    losses: { trimmed: 3, unrouted: 1 },
    failures: [failure],
  })
  assert.equal(_.makeSteps([]), { envelopes: [], losses: {} })
})

ready.run()
