/** Arbitraries, laws, contract suites and judges for the packages of this workspace. */
export * as arbitrarySpans from './arbitrarySpans.ts'
export * as assemblyLaws from './assemblyLaws.ts'
export * as EnvelopeReader from './EnvelopeReader.ts'
export * as FakeClock from './FakeClock.ts'
export { httpContract } from './httpContract.ts'
export * as Law from './Law.ts'
export * as Recorded from './Recorded.ts'
export * as recordingHttp from './recordingHttp.ts'
