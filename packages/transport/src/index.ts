/** What it means to deliver a sealed envelope: Http, Transport and their errors, for any runtime. */
export * as Answer from './Answer.ts'
export type { Clock } from './Clock.ts'
export * as Http from './Http.ts'
export { overHttp } from './overHttp.ts'
export { systemClock } from './systemClock.ts'
export type { Delivered, Policy, Transport } from './Transport.ts'
export * as TransportError from './TransportError.ts'
export { within } from './within.ts'
