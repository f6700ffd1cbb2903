import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/acknowledgement/Acknowledgement.ts'

const OPTIONS = { maxExportBatchSize: 512, ackMillis: 5_000 }

type Row = readonly [input: _.AcknowledgementInput, acknowledged: ReadonlyArray<number>]

const exported = (
  id: number,
  spans: number,
  unanswered: number,
  nowMillis = 0,
): _.AcknowledgementInput => ({ _tag: 'Exported', id, spans, unanswered, nowMillis })

const settled = (id: number, unanswered = 0): _.AcknowledgementInput => ({
  _tag: 'Settled',
  id,
  unanswered,
})

const tick = (nowMillis: number): _.AcknowledgementInput => ({ _tag: 'Tick', nowMillis })

const run = (rows: ReadonlyArray<Row>, options = OPTIONS): ReadonlyArray<_.AcknowledgementStep> => {
  let state = _.empty
  return rows.map(([input, acknowledged], i) => {
    const result = _.step(options)(state, input)
    assert.equal(result.acknowledged, acknowledged, `step ${i}: ${JSON.stringify(input)}`)
    state = result.state
    return result
  })
}

const step = suite('Acknowledgement.step')

step('acknowledges a full batch at once, whatever is under way', () => {
  run([
    [exported(0, 512, 3), [0]],
    [exported(1, 600, 3), [1]],
  ])
})

step('acknowledges a smaller one when everything under way is answered or counted', () => {
  const [first] = run([
    [exported(0, 7, 2), []],
    [settled(0), [0]],
    // Acknowledged already.
    [settled(0), []],
  ])
  assert.is(first?.wakeAtMillis, 5_000)
})

step('acknowledges a smaller one at once if nothing is under way', () => {
  run([[exported(0, 7, 0), [0]]])
})

step(
  'acknowledges a smaller one at its deadline, and the next at once until an answer came',
  () => {
    run([
      [exported(0, 7, 1, 1_000), []],
      [tick(5_999), []],
      [tick(6_000), [0]],
      [exported(1, 7, 2, 6_001), [1]],
      [exported(2, 7, 3, 9_000), [2]],
      // Something is still under way.
      [settled(1, 1), []],
      [exported(3, 7, 2, 9_001), [3]],
      [settled(2, 0), []],
      [exported(4, 7, 1, 9_002), []],
      [settled(4), [4]],
    ])
  },
)

step('acknowledges everything when it is closed', () => {
  run([
    [exported(0, 7, 1), []],
    [exported(1, 8, 1), []],
    [{ _tag: 'Closed' }, [0, 1]],
  ])
})

step('takes the size that it sees most for that of a full batch, from 64 spans on', () => {
  const waits = (id: number, spans: number): ReadonlyArray<Row> => [
    [exported(id, spans, 1), []],
    [settled(id), [id]],
  ]
  const eight = (spans: number) => Array.from({ length: 8 }, (_unused, id) => waits(id, spans))
  run([...eight(100).flat(), [exported(8, 100, 1), [8]], ...waits(9, 99)])
  run([...eight(63).flat(), ...waits(8, 63)])
})

step('takes the size that the processor has, if it is named', () => {
  run([[exported(0, 20, 1), [0]]], { ...OPTIONS, maxExportBatchSize: 20 })
})

step('acknowledges each batch exactly once, by its deadline, for any history', () => {
  const input = fc.record({
    tag: fc.constantFrom('Exported', 'Exported', 'Settled', 'Tick'),
    spans: fc.constantFrom(1, 63, 64, 100, 512),
    unanswered: fc.nat(2),
    afterMillis: fc.constantFrom(0, 1, 2_500, 5_000),
    pick: fc.nat(20),
  })
  fc.assert(
    fc.property(fc.array(input, { maxLength: 60 }), (inputs) => {
      const exportedAt: Array<number> = []
      const acknowledged = new Map<number, number>()
      let state = _.empty
      let nowMillis = 0
      const apply = (one: _.AcknowledgementInput): void => {
        const result = _.step(OPTIONS)(state, one)
        state = result.state
        for (const id of result.acknowledged) {
          assert.not(acknowledged.has(id))
          acknowledged.set(id, nowMillis)
        }
      }
      const passUntil = (untilMillis: number): void => {
        for (;;) {
          const [next] = state.waiting.values()
          if (next === undefined || next > untilMillis) break
          nowMillis = Math.max(nowMillis, next)
          apply({ _tag: 'Tick', nowMillis })
        }
        nowMillis = untilMillis
      }
      for (const { tag, spans, unanswered, afterMillis, pick } of inputs) {
        passUntil(nowMillis + afterMillis)
        if (tag === 'Exported') {
          exportedAt.push(nowMillis)
          apply(exported(exportedAt.length - 1, spans, unanswered, nowMillis))
        } else if (tag === 'Settled') apply(settled(pick, unanswered))
        else apply(tick(nowMillis))
      }
      passUntil(nowMillis + OPTIONS.ackMillis)
      assert.is(acknowledged.size, exportedAt.length)
      for (const [id, atMillis] of acknowledged) {
        assert.ok(atMillis <= (exportedAt[id] ?? 0) + OPTIONS.ackMillis)
      }
      assert.is(state.waiting.size, 0)
    }),
    { numRuns: 200 },
  )
})

step.run()
