/** The sentry-exporter command, and the sink it can send to. */
export type { Capabilities } from './Capabilities.ts'
export { drawTransaction } from './drawTransaction.ts'
export { main } from './Main.ts'
export * as Sink from './Sink.ts'
