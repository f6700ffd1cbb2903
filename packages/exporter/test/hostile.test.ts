import * as Limits from '@sentry-exporter/core/Limits'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Mapping from '@sentry-exporter/core/Mapping'
import { defaultErrorRules, runToEnd } from '@sentry-exporter/core/pipeline'
import type { Span } from '@sentry-exporter/core/Span'
import type { Sealed } from '@sentry-exporter/envelope/Sealed'
import { hostileSpans, NOW_MILLIS } from '@sentry-exporter/testing/hostileSpans'
import * as InMemorySentry from '@sentry-exporter/testing/InMemorySentry'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as Config from '../src/Config.ts'
import * as EnvelopePlan from '../src/EnvelopePlan.ts'
import * as EventEnvelope from '../src/EventEnvelope.ts'
import * as Pipeline from '../src/Pipeline.ts'

const config = (input: object = {}): Config.Config => {
  const decoded = Config.decode({
    dsn: 'https://0123456789abcdef0123456789abcdef@o17.ingest.sentry.io/1',
    ...input,
  })
  if (E.isLeft(decoded)) throw new Error('a bad configuration in a test')
  return decoded.right
}

/** All that an exporter makes of spans that arrive at this time. */
const sealed = (
  input: object,
  spans: ReadonlyArray<Span>,
): { readonly envelopes: ReadonlyArray<Sealed>; readonly losses: Losses.Losses } => {
  const one = config(input)
  const machine = Pipeline.machine({
    ...Pipeline.optionsOf(one),
    limits: Limits.untimed(Limits.gateway),
  })
  const { emitted, losses } = runToEnd(machine)([{ _tag: 'Arrived', nowMillis: NOW_MILLIS, spans }])
  const made = EnvelopePlan.makeAll(emitted)
  return { envelopes: made.envelopes, losses: Losses.concat(losses, made.losses) }
}

const hostile = suite('hostile spans')

for (const input of [
  {},
  { mapping: 'collector' },
  { mapping: 'collector', sendDefaultPii: true, scrub: false },
  { sendDefaultPii: true, status4xx: 'ok', release: '{service.name}' },
]) {
  hostile(`with ${JSON.stringify(input)}: Sentry trims, renames and refuses nothing`, () => {
    fc.assert(
      fc.property(hostileSpans, (spans) => {
        const { envelopes, losses } = sealed(input, spans)
        const violations = InMemorySentry.problems(InMemorySentry.judge(NOW_MILLIS)(envelopes))
        assert.equal(violations, [])
        const sent = envelopes.reduce((sum, { spans: held = 0 }) => sum + held, 0)
        assert.is(sent + Losses.spans(losses), spans.length)
      }),
      { numRuns: 60 },
    )
  })
}

hostile('nothing throws without a clock either, and nothing is lost', () => {
  fc.assert(
    fc.property(hostileSpans, (spans) => {
      const { envelopes, losses } = Pipeline.assemble({
        mapping: Mapping.sentry,
        limits: Limits.gateway,
        errors: defaultErrorRules,
        encode: EventEnvelope.spansIn,
      })([spans])
      const sent = envelopes.reduce((sum, held) => sum + held, 0)
      assert.is(sent + Losses.spans(losses), spans.length)
    }),
    { numRuns: 50 },
  )
})

hostile.run()
