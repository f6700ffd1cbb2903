/** The output of the pipeline: bytes of envelopes. */
import type * as Limits from '@sentry-exporter/core/Limits'
import * as Mapping from '@sentry-exporter/core/Mapping'
import { defaultErrorRules } from '@sentry-exporter/core/pipeline'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import type { Content } from '@sentry-exporter/envelope/Item'
import type { EnvelopePlan } from '@sentry-exporter/exporter/EnvelopePlan'
import * as EventEnvelope from '@sentry-exporter/exporter/EventEnvelope'
import type * as Pipeline from '@sentry-exporter/exporter/Pipeline'

// model

type Unaddressed = Envelope.Envelope<Content>

// constructors

/** The default mapping, and envelopes without a project. */
export const optionsOf = (limits: Limits.Limits): Pipeline.Options<Unaddressed> => ({
  mapping: Mapping.sentry,
  limits,
  errors: defaultErrorRules,
  encode: EventEnvelope.unaddressed,
})

// encoding

/** The bytes of envelopes. */
export const encoded = (envelopes: ReadonlyArray<Unaddressed>): number =>
  envelopes.reduce((sum, one) => sum + Envelope.encode(one).length, 0)

/** The bytes of envelopes that are made one after the other, as an exporter makes them. */
export const encodedReady = (plans: ReadonlyArray<EnvelopePlan<Unaddressed>>): number => {
  let sum = 0
  for (const { make } of plans) {
    const { envelope } = make()
    if (envelope !== undefined) sum += encoded([envelope])
  }
  return sum
}
