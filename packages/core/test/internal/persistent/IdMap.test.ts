import { traceId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../../src/internal/persistent/IdMap.ts'
import type { TraceId } from '../../../src/model/TraceId.ts'

/** Ids that part at their first digits, at their last ones, and far apart. */
const id: fc.Arbitrary<TraceId> = fc.oneof(
  fc.integer({ min: 1, max: 40 }).map(traceId),
  fc.integer({ min: 1, max: 40 }).map((n) => [...traceId(n)].reverse().join('') as TraceId),
)

const writes = fc.array(fc.tuple(id, fc.option(fc.nat(9), { nil: undefined })), { maxLength: 60 })

const set = suite('IdMap.set')

set('is a map: it holds what was last written under each key, and nothing that was removed', () => {
  fc.assert(
    fc.property(writes, (all) => {
      const expected = new Map<TraceId, number>()
      let map: _.IdMap<number> = _.empty
      for (const [key, value] of all) {
        map = _.set(map, key, value)
        if (value === undefined) expected.delete(key)
        else expected.set(key, value)
      }
      assert.equal(new Map(_.entries(map)), expected)
      for (const [key] of all) assert.is(_.get(map, key), expected.get(key))
      if (expected.size === 0) assert.is(map, _.empty)
    }),
    { numRuns: 500 },
  )
})

set('leaves old versions unchanged', () => {
  fc.assert(
    fc.property(writes, writes, (first, second) => {
      const write = (map: _.IdMap<number>, all: typeof first): _.IdMap<number> =>
        all.reduce((sum, [key, value]) => _.set(sum, key, value), map)
      const old = write(_.empty, first)
      const before = JSON.stringify(_.entries(old))
      write(old, second)
      assert.is(JSON.stringify(_.entries(old)), before)
    }),
  )
})

set.run()
