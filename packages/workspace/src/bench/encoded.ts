/** What comes out at the end: bytes. */
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as EnvelopeDraft from '@sentry-exporter/exporter/EnvelopeDraft'
import type { EnvelopePlan } from '@sentry-exporter/exporter/EnvelopePlan'

/** How many bytes envelopes have. */
export const encoded = (envelopes: ReadonlyArray<EnvelopeDraft.EnvelopeDraft>): number =>
  envelopes.reduce((sum, one) => sum + Envelope.encode(EnvelopeDraft.envelopeOf(one)).length, 0)

/** The same of what is ready, which is made one after the other, as an exporter does that sends it. */
export const encodedReady = (ready: ReadonlyArray<EnvelopePlan>): number => {
  let sum = 0
  for (const { make } of ready) {
    const { envelope } = make()
    if (envelope !== undefined) sum += encoded([envelope])
  }
  return sum
}
