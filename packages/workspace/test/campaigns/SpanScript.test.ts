import { AlwaysOnSampler } from '@opentelemetry/sdk-trace-base'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SentRequest } from '../../src/campaigns/sentryOpenTelemetry/ComparedExporter.ts'
import { ownSide } from '../../src/campaigns/sentryOpenTelemetry/ownSide.ts'
import * as SentItems from '../../src/campaigns/sentryOpenTelemetry/SentItems.ts'
import * as _ from '../../src/campaigns/sentryOpenTelemetry/SpanScript.ts'
import * as scenarios from '../../src/campaigns/sentryOpenTelemetry/scenarios.ts'
import * as Random from '../../src/Random.ts'

const record = (program: (recorder: _.Recorder) => void): _.SpanScript =>
  _.record({ sampler: new AlwaysOnSampler(), onStart: () => undefined }, Random.of(1), program)

const script = suite('SpanScript.record')

script('gives the same ids each time', () => {
  const [first, second] = [record(scenarios.few), record(scenarios.few)]
  assert.is(_.keysOf(first).length, 500)
  assert.is(new Set(_.keysOf(first)).size, 500)
  assert.equal(_.keysOf(first), _.keysOf(second))
})

script.run()

const own = suite('the span processor of this project')

for (const name of ['missing-parent', 'local-roots', 'exceptions', 'burst']) {
  own(`${name}: sends every span once, and every error`, async () => {
    const scenario = scenarios.find(name)
    if (scenario === undefined) throw new Error(`no scenario ${name}`)
    const requests: Array<SentRequest> = []
    const side = ownSide((request) => requests.push(request))
    const steps = record(scenario.program)
    await _.play(steps, side)
    await side.end()
    const { spans, errors, notWhole } = SentItems.of(requests)
    assert.equal([...spans].sort(), [..._.keysOf(steps)].sort())
    assert.is(errors, scenario.errors)
    assert.is(notWhole, 0)
    assert.is(side.countedLost(), 0)
  })
}

own.run()
