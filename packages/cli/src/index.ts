/** The command `sentry-exporter`, and the sink for tests. */
export type { Capabilities } from './Capabilities.ts'
export { drawTransaction } from './drawTransaction.ts'
export type { InputFile } from './input/InputFile.ts'
export { main } from './Main.ts'
export * as Sink from './Sink.ts'
