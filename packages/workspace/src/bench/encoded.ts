/** What comes out at the end: bytes. */
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Unsealed from '@sentry-exporter/exporter/EnvelopeDraft'
import type { Ready } from '@sentry-exporter/exporter/EnvelopePlan'

/** How many bytes envelopes have. */
export const encoded = (envelopes: ReadonlyArray<Unsealed.Unsealed>): number =>
  envelopes.reduce((sum, one) => sum + Envelope.encode(Unsealed.envelopeOf(one)).length, 0)

/** The same of what is ready, which is made one after the other, as an exporter does that sends it. */
export const encodedReady = (ready: ReadonlyArray<Ready>): number => {
  let sum = 0
  for (const { make } of ready) {
    const { envelope } = make()
    if (envelope !== undefined) sum += encoded([envelope])
  }
  return sum
}
