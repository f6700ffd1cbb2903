import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as TransportError from '../src/TransportError.ts'
import { withTimeout as _ } from '../src/withTimeout.ts'
import { accepted, refused, type Sent, sealed } from './envelopes.ts'
import { oddNumber } from './odd.ts'

const withTimeout = suite('withTimeout')

const never = (): Promise<Sent> => new Promise(() => undefined)

withTimeout('passes on a result in time, and cancels its timer', async () => {
  const clock = FakeClock.make()
  for (const sent of [accepted(), refused(400)]) {
    const timed = _(clock, { timeoutMillis: 5 })(() => async () => sent)
    assert.equal(await timed(sealed('error'))(), sent)
  }
  assert.is(clock.pending(), 0)
})

withTimeout('gives up on a transport that never settles', async () => {
  const clock = FakeClock.make()
  const sending = _(clock, { timeoutMillis: 5 })(() => never)(sealed('error'))()
  await clock.advance(5)
  assert.equal(await sending, E.left(TransportError.timedOut(5)))
})

withTimeout('gives up when the signal aborts', async () => {
  const clock = FakeClock.make()
  const closing = new AbortController()
  const sending = _(clock, { timeoutMillis: 5, signal: closing.signal })(() => never)(
    sealed('error'),
  )()
  closing.abort()
  assert.equal(await sending, E.left(TransportError.closed))
  const late = _(clock, { timeoutMillis: 5, signal: closing.signal })(() => never)(
    sealed('error'),
  )()
  assert.equal(await late, E.left(TransportError.closed))
  assert.is(clock.pending(), 0)
})

withTimeout('treats a rejection as a failure', async () => {
  const rejects = () => () => Promise.reject(new Error('hush'))
  const sent = await _(FakeClock.make(), { timeoutMillis: 5 })(rejects)(sealed('error'))()
  assert.equal(sent, E.left(TransportError.unreachable('the transport rejected')))
})

withTimeout('aborts the attempt that it gives up, and no other', async () => {
  const clock = FakeClock.make()
  const signals: Array<boolean> = []
  const watch = (settles: Promise<Sent>) =>
    _(clock, { timeoutMillis: 5 })((_sealed, signal) => () => {
      signal?.addEventListener('abort', () => signals.push(signal.aborted))
      return settles
    })
  assert.equal(await watch(Promise.resolve(accepted()))(sealed('error'))(), accepted())
  await clock.advance(10)
  assert.equal(signals, [])
  const slow = watch(never())(sealed('error'))()
  await clock.advance(5)
  await slow
  assert.equal(signals, [true])
  const outer = new AbortController()
  const closed = watch(never())(sealed('error'), outer.signal)()
  outer.abort()
  assert.equal(await closed, E.left(TransportError.closed))
  assert.equal(signals, [true, true])
  assert.is(clock.pending(), 0)
})

withTimeout('treats a transport that throws as a failure', async () => {
  const clock = FakeClock.make()
  const throws = () => {
    throw new Error('hush')
  }
  for (const transport of [throws, () => throws]) {
    const sent = await _(clock, { timeoutMillis: 5 })(transport)(sealed('error'))()
    assert.equal(sent, E.left(TransportError.unreachable('the transport rejected')))
  }
  assert.is(clock.pending(), 0)
})

withTimeout('law: no time limit ends an attempt before its time', () =>
  fc.assert(
    fc.asyncProperty(oddNumber, async (timeoutMillis) => {
      const clock = FakeClock.make()
      const answers = () => () =>
        clock
          .sleep(0)()
          .then(() => accepted())
      const sending = _(clock, { timeoutMillis })(answers)(sealed('error'))()
      await clock.advance(0)
      assert.equal(await sending, accepted())
    }),
  ),
)

withTimeout.run()
