import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ReadableSpan, ResourceLike } from '../../src/readable/ReadableSpan.ts'
import * as _ from '../../src/spans/SpanBuffer.ts'
import { readableSpan } from '../readable/readableSpans.ts'

const setup = () => {
  const clock = FakeClock.make()
  const given: Array<number> = []
  const names: Array<string> = []
  const buffer = _.make({
    clock,
    handOver: (spans: ReadonlyArray<ReadableSpan>) => {
      given.push(spans.length)
      names.push(...spans.map(({ name }) => name))
    },
  })
  const add = (count: number, resource?: ResourceLike): void => {
    for (let n = 1; n <= count; n++) {
      buffer.add(readableSpan(n, resource === undefined ? {} : { resource }))
    }
  }
  return { clock, buffer, given, names, add }
}

const make = suite('SpanBuffer.make')

make('hands spans over together, after a short time', async () => {
  const { clock, given, add } = setup()
  add(3)
  await clock.advance(49)
  assert.equal(given, [])
  await clock.advance(1)
  assert.equal(given, [3])
  assert.is(clock.pending(), 0)
})

make('hands many spans over at once, in pieces', async () => {
  const { clock, given, add } = setup()
  add(1_030)
  assert.equal(given, [512, 512])
  await clock.advance(100)
  assert.equal(given, [512, 512, 6])
})

make('waits for a resource, keeps the order, and forgets nothing', async () => {
  const { clock, given, names, add } = setup()
  let settle: () => void = () => undefined
  const waitForAsyncAttributes = () =>
    new Promise<void>((resolve) => {
      settle = resolve
    })
  add(2, { attributes: {}, asyncAttributesPending: true, waitForAsyncAttributes })
  await clock.advance(200)
  assert.equal(given, [])
  add(1)
  settle()
  await clock.advance(200)
  assert.equal(names, ['span 1', 'span 2', 'span 1'])
})

make('does not wait for ever: five seconds, and once for each resource', async () => {
  const { clock, given, add } = setup()
  const resource = {
    attributes: {},
    asyncAttributesPending: true,
    waitForAsyncAttributes: () => new Promise<void>(() => undefined),
  }
  add(1, resource)
  await clock.advance(4_999)
  assert.equal(given, [])
  await clock.advance(1)
  assert.equal(given, [1])
  add(1, resource)
  await clock.advance(100)
  assert.equal(given, [1, 1])
})

make('goes on when a resource fails', async () => {
  const { clock, given, add } = setup()
  const waitForAsyncAttributes = () => Promise.reject(new Error('no metadata'))
  add(1, { attributes: {}, asyncAttributesPending: true, waitForAsyncAttributes })
  await clock.advance(100)
  assert.equal(given, [1])
})

make.run()

const drain = suite('SpanBuffer.drain')

drain('hands everything over when the time is over', async () => {
  const { clock, buffer, given, add } = setup()
  add(1, {
    attributes: {},
    asyncAttributesPending: true,
    waitForAsyncAttributes: () => new Promise<void>(() => undefined),
  })
  const draining = buffer.drain(300)
  await clock.advance(299)
  assert.equal(given, [])
  await clock.advance(1)
  await draining
  assert.equal(given, [1])
})

drain.run()
