import { spanId, traceId } from '@sentry-exporter/testing/spans'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { TraceId } from '../../src/model/TraceId.ts'
import * as _ from '../../src/pending/RecentSpans.ts'
import { addition, spansOf, toValue } from '../internal/persistent/additions.ts'

const LONG: _.HistoryBounds = { lateWindowMillis: 1_000, maxRememberedSpans: 1e6 }

const recent = suite('RecentSpans')

recent('remembers for the window, and old versions stay as they were', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(addition, fc.nat(400)), { maxLength: 30 }),
      fc.constantFrom(3, 10, 1e6),
      (steps, spans) => {
        const bounds = { lateWindowMillis: 1_000, maxRememberedSpans: spans }
        /** All values of a span so far, and when the last of them was added. */
        let everAdded: ReadonlyMap<
          string,
          { readonly values: ReadonlySet<string>; readonly atMillis: number }
        > = new Map()
        const versions: Array<readonly [_.RecentSpans<string>, typeof everAdded, number]> = []
        let made: _.RecentSpans<string> = _.empty
        let nowMillis = 0
        for (const [n, [one, after]] of steps.entries()) {
          nowMillis += after
          made = _.expire(made, bounds, nowMillis)
          assert.ok(_.expiryMillis(made, bounds) > nowMillis)
          made = _.add(made, bounds, {
            traceId: one.trace,
            spans: spansOf(one),
            toValue: toValue(one, n),
            nowMillis,
          })
          const more = new Map(everAdded)
          for (const span of spansOf(one)) {
            const key = `${one.trace} ${span.spanId}`
            const values = new Set([...(everAdded.get(key)?.values ?? []), toValue(one, n)(span)])
            more.set(key, { values, atMillis: nowMillis })
          }
          everAdded = more
          versions.push([made, everAdded, nowMillis])
        }
        const all = steps.map(([one]) => one)
        for (const [version, known, atMillis] of versions) {
          for (const { trace } of all) {
            const find = _.ofTrace(version, trace)
            for (const span of all.flatMap((one) => one.spans)) {
              const found = find?.(span)
              const last = known.get(`${trace} ${span}`)
              if (found !== undefined) assert.ok(last?.values.has(found))
              const isDue = last !== undefined && atMillis - last.atMillis < bounds.lateWindowMillis
              if (isDue && spans === 1e6) assert.ok(found !== undefined)
            }
          }
        }
      },
    ),
    { numRuns: 300 },
  )
})

recent('takes single spans by the thousand, of one trace and of many', () => {
  for (const trace of [(): TraceId => traceId(1), traceId]) {
    let made: _.RecentSpans<number> = _.empty
    for (let n = 1; n <= 20_000; n++) {
      made = _.add(made, LONG, {
        traceId: trace(n),
        spans: [{ spanId: spanId(n) }],
        toValue: () => n,
        nowMillis: 0,
      })
    }
    assert.is(made.length, 1)
    for (let n = 1; n <= 20_000; n += 7) {
      assert.is(_.ofTrace(made, trace(n))?.(spanId(n)), n)
      assert.is(_.ofTrace(made, trace(n))?.(spanId(n + 20_000)), undefined)
    }
  }
})

recent.run()
