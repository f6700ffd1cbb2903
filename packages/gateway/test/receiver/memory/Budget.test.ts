import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../../src/receiver/memory/Budget.ts'

const MEBIBYTE = 1024 * 1024

const budget = suite('Budget')

budget('holds at most its bytes, and exactly what its leases took', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ lease: fc.nat(3), bytes: fc.nat(60), ends: fc.boolean() })),
      (steps) => {
        const made = _.make(100)
        const leases = [0, 1, 2, 3].map(() => ({ lease: made.lease(), own: 0 }))
        for (const { lease, bytes, ends } of steps) {
          const one = leases[lease]
          if (one === undefined) continue
          if (ends) {
            one.lease.end()
            one.own = 0
          } else if (one.lease.take(bytes)) one.own += bytes
          assert.is(
            made.held(),
            leases.reduce((total, { own }) => total + own, 0),
          )
          assert.is(made.held() <= 100, true)
        }
      },
    ),
  )
})

budget('of small bodies is 64 MiB, of large ones four bodies', () => {
  for (const [maxBody, bytes] of [
    [1_000, 64 * MEBIBYTE],
    [20 * MEBIBYTE, 80 * MEBIBYTE],
  ] as const) {
    const lease = _.forBodies(maxBody).lease()
    assert.is(lease.take(bytes + 1), false)
    assert.is(lease.take(bytes), true)
  }
})

budget.run()
