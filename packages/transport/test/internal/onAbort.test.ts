import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { onAbort as _, lastingAborter } from '../../src/internal/onAbort.ts'

const onAbort = suite('onAbort')

onAbort(
  'calls each callback once, one that is added later at once, and a removed one never',
  () => {
    for (const controller of [new AbortController(), lastingAborter()]) {
      const { signal } = controller
      const calls: Array<string> = []
      _(signal, () => calls.push('a'))
      _(signal, () => calls.push('b'))()
      assert.is(signal.aborted, false)
      controller.abort()
      controller.abort()
      _(signal, () => calls.push('c'))
      assert.equal([signal.aborted, calls], [true, ['a', 'c']])
    }
  },
)

onAbort('leaves no listener on the signal, whether it aborted or the wait was over before', () => {
  const listeners = new Set<() => void>()
  const signal = {
    aborted: false,
    addEventListener: (_type: 'abort', listener: () => void): void => {
      listeners.add(listener)
    },
    removeEventListener: (_type: 'abort', listener: () => void): void => {
      listeners.delete(listener)
    },
  }
  let calls = 0
  const remove = _(signal, () => calls++)
  _(signal, () => calls++)
  assert.is(listeners.size, 2)
  remove()
  remove()
  assert.is(listeners.size, 1)
  for (const listener of listeners) listener()
  assert.equal([listeners.size, calls], [0, 1])
})

onAbort('never calls without a signal', () => {
  let calls = 0
  _(undefined, () => calls++)()
  assert.is(calls, 0)
})

onAbort.run()
