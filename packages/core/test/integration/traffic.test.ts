import { simulate, TIGHT } from '@sentry-exporter/workspace/simulate'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Limits from '../../src/model/Limits.ts'

const traffic = suite('Pending: traffic')

for (const [name, limits] of [
  ['of a gateway', Limits.gateway],
  ['that are reached', TIGHT],
] as const) {
  traffic(`minutes of traffic through two replicas, with limits ${name}`, () => {
    const { spans, reasons } = simulate({ seconds: 200, seed: 7, limits })
    assert.ok(spans > 3_000)
    assert.ok((reasons['entry'] ?? 0) > 100)
    assert.ok((reasons['missing-parent'] ?? 0) > 0)
  })
}

traffic.run()
