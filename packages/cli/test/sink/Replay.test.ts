import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/sink/Replay.ts'

const sizes = fc.array(fc.nat(30), { maxLength: 40 })
const limits = fc.record({ entries: fc.nat(8), bytes: fc.nat(60) })

const fill = (bounds: _.ReplayLimits, lengths: ReadonlyArray<number>): _.Replay<number> =>
  lengths.map((bytes, value) => ({ value, bytes })).reduce<_.Replay<number>>(_.add(bounds), _.empty)

const add = suite('Replay.add')

add('keeps the newest entries within both limits, and removes no more than necessary', () => {
  fc.assert(
    fc.property(limits, sizes, (bounds, lengths) => {
      const replay = fill(bounds, lengths)
      const sum = replay.kept.reduce((all, { bytes }) => all + bytes, 0)
      assert.equal(
        replay.kept.map(({ value }) => value),
        [...lengths.keys()].slice(lengths.length - replay.kept.length),
      )
      assert.is(replay.bytes, sum)
      assert.ok(sum <= bounds.bytes && replay.kept.length <= bounds.entries)
      assert.is(_.end(replay), lengths.length)
      const forgotten = lengths[replay.first - 1]
      assert.ok(
        forgotten === undefined ||
          replay.kept.length + 1 > bounds.entries ||
          sum + forgotten > bounds.bytes,
      )
    }),
  )
})

add('removes an entry that is larger than the limit', () => {
  const replay = fill({ entries: 5, bytes: 10 }, [4, 11])
  assert.equal(replay, { kept: [], first: 2, bytes: 0 })
})

add.run()

const from = suite('Replay.from')

from('gives the oldest kept entry from a number on', () => {
  const replay = fill({ entries: 2, bytes: 100 }, [1, 2, 3])
  assert.equal(_.from(replay, 0)?.entry.bytes, 2)
  assert.is(_.from(replay, 0)?.number, 1)
  assert.is(_.from(replay, 2)?.entry.bytes, 3)
  assert.is(_.from(replay, 3), undefined)
})

from.run()

const clear = suite('Replay.clear')

clear('removes all entries, and continues the numbers', () => {
  const replay = _.clear(fill({ entries: 9, bytes: 100 }, [1, 2, 3]))
  assert.equal(replay, { kept: [], first: 3, bytes: 0 })
})

clear.run()
