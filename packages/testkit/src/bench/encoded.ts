/** What comes out at the end: bytes. */
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import type * as Assembly from '@sentry-exporter/exporter/Assembly'

/** How many bytes the envelopes of a step have, which are made one after the other, as an exporter does that sends them. */
export const encoded = ({ envelopes }: Pick<Assembly.Step, 'envelopes'>): number =>
  envelopes.reduce((sum, { envelope }) => sum + Envelope.encode(envelope).length, 0)
