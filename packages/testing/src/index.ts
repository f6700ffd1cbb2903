/** For tests of transformations and transports: a Sentry in memory, an envelope reader, a fake clock, arbitrary spans. */

export * as arbitrarySpans from './arbitrarySpans.ts'
export * as EnvelopeReader from './EnvelopeReader.ts'
export * as FakeClock from './FakeClock.ts'
export * as InMemorySentry from './InMemorySentry.ts'
export * as recordingHttp from './recordingHttp.ts'
