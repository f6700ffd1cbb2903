import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Micros from '../../src/model/Micros.ts'
import type { Span } from '../../src/model/Span.ts'
import { assemble } from '../../src/pipeline/assemble.ts'
import { moveTransaction } from '../../src/pipeline/moveTransaction.ts'
import * as ServerWindow from '../../src/pipeline/ServerWindow.ts'
import type { Transaction } from '../../src/pipeline/Transaction.ts'
import * as Payload from '../../src/segment/Payload.ts'

const DAY = 86_400

const only = (...spans: ReadonlyArray<Span>): Transaction => {
  const [transaction] = assemble({ mapping: Mapping.sentry })(spans).transactions
  if (transaction === undefined) throw new Error('no transaction in a test')
  return transaction
}

const days = suite('ServerWindow.daysInto')

const NOW = 1_700_000_000_000

const window = ServerWindow.ofTransactions(NOW)

// the age of a span in days, and the days of its shift
const DAYS: ReadonlyArray<readonly [number, number | undefined]> = [
  [0, 0],
  [4.8, 0],
  [4.9, 1],
  [5, 1],
  [5.8, 2],
  [400, 396],
  [-0.0001, 0],
  [-0.1, -1],
  [-0.6, -2],
  [-3, -4],
]

for (const [age, expected] of DAYS) {
  days(`of a span that is ${age} days old`, () => {
    const micros = NOW * 1_000 - age * DAY * 1e6
    assert.is(ServerWindow.daysInto(window, micros, micros), expected)
  })
}

days('of a range that is longer than the window are unknown', () => {
  assert.is(ServerWindow.daysInto(window, NOW * 1_000 - 6 * DAY * 1e6, NOW * 1_000), undefined)
})

days.run()

const move = suite('moveTransaction')

const tree = only(
  span({
    events: [
      {
        name: 'e',
        timeMicros: Micros.of(1_700_000_000_500_000),
        attributes: {},
        droppedAttributes: 0,
      },
    ],
  }),
  span({ spanId: spanId(2), parentSpanId: spanId(1), traceId: traceId(1) }),
)

const moved = (transaction: Transaction, by: number, acceptedSeconds: number): Transaction =>
  moveTransaction(Payload.json, { days: by, acceptedMillis: acceptedSeconds * 1_000 })(transaction)

move('leaves alone what the server takes', () => {
  assert.is(moved(tree, 0, tree.timestamp), tree)
})

move('shifts all that is in a transaction by whole days, under another id', () => {
  for (const by of [-3, 400]) {
    const there = moved(tree, by, tree.timestamp + by * DAY)
    const shifted = (seconds: number | undefined): number =>
      Math.round(((seconds ?? 0) + by * DAY) * 1e6) / 1e6
    assert.is(there.start_timestamp, shifted(tree.start_timestamp))
    assert.is(there.timestamp, shifted(tree.timestamp))
    assert.is(there.spans[0]?.start_timestamp, shifted(tree.spans[0]?.start_timestamp))
    assert.is(there.spans[0]?.timestamp, shifted(tree.spans[0]?.timestamp))
    assert.is(
      there.breadcrumbs?.values[0]?.timestamp,
      shifted(tree.breadcrumbs?.values[0]?.timestamp),
    )
    assert.is(there.contexts.trace.data?.['sentry_exporter.moved_seconds'], by * DAY)
    assert.is.not(there.event_id, tree.event_id)
    assert.equal(moved(tree, by, tree.timestamp + by * DAY + 60), there)
  }
})

move('cuts off the start of what is longer than the server takes', () => {
  const there = moved({ ...tree, start_timestamp: 1 }, 0, tree.timestamp)
  assert.is(there.timestamp, tree.timestamp)
  assert.ok(there.start_timestamp > tree.timestamp - 5 * DAY)
})

move('puts a child far from its root within the times of the root', () => {
  for (const far of [-40 * DAY, 40 * DAY]) {
    const [child] = tree.spans
    if (child === undefined) throw new Error('no child in a test')
    const odd = {
      ...child,
      start_timestamp: child.start_timestamp + far,
      timestamp: child.start_timestamp + far + 0.25,
    }
    const there = moved({ ...tree, spans: [odd] }, 0, tree.timestamp)
    const [put] = there.spans
    if (put === undefined) throw new Error('no child in a test')
    assert.is(there.start_timestamp, tree.start_timestamp)
    assert.ok(put.start_timestamp >= there.start_timestamp && put.timestamp <= there.timestamp)
    assert.ok(Math.abs(put.timestamp - put.start_timestamp - 0.25) < 1e-5)
    assert.is(
      put.data['sentry_exporter.moved_seconds'],
      Math.round(put.start_timestamp - odd.start_timestamp),
    )
  }
})

move('puts a child that starts in the future at the end of its root, which stays', () => {
  const [child] = tree.spans
  if (child === undefined) throw new Error('no child in a test')
  const accepted = tree.timestamp
  for (const ahead of [61, 3_600, 40 * DAY]) {
    const odd = { ...child, start_timestamp: accepted + ahead, timestamp: accepted + ahead + 0.25 }
    const there = moved({ ...tree, spans: [odd, child] }, 0, accepted)
    const [put, beside] = there.spans
    assert.equal([there.start_timestamp, there.timestamp], [tree.start_timestamp, tree.timestamp])
    assert.is(beside, child)
    assert.is(put?.timestamp, tree.timestamp)
    assert.ok(Math.abs(tree.timestamp - (put?.start_timestamp ?? 0) - 0.25) < 1e-5)
    assert.is.not(there.event_id, tree.event_id)
  }
})

move.run()
