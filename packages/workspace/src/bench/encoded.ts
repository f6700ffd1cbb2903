/** The bytes of envelopes, at the end of the pipeline. */
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as EnvelopeDraft from '@sentry-exporter/exporter/EnvelopeDraft'
import type { EnvelopePlan } from '@sentry-exporter/exporter/EnvelopePlan'

/** The number of bytes of these envelopes. */
export const encoded = (envelopes: ReadonlyArray<EnvelopeDraft.EnvelopeDraft>): number =>
  envelopes.reduce((sum, one) => sum + Envelope.encode(EnvelopeDraft.envelopeOf(one)).length, 0)

/** The number of bytes of ready envelopes, made one after the other, as an exporter makes them. */
export const encodedReady = (ready: ReadonlyArray<EnvelopePlan>): number => {
  let sum = 0
  for (const { make } of ready) {
    const { envelope } = make()
    if (envelope !== undefined) sum += encoded([envelope])
  }
  return sum
}
