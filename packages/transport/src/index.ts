/** What it means to deliver a sealed envelope: Http, Transport, their errors, and the policies around them, for any runtime. */
export * as Answer from './Answer.ts'
export * as ByteArena from './ByteArena.ts'
export * as ClientReports from './ClientReports.ts'
export type { Clock } from './Clock.ts'
export * as Closing from './Closing.ts'
export * as Delivery from './Delivery.ts'
export * as Deque from './Deque.ts'
export { discardReason } from './discardReason.ts'
export * as Http from './Http.ts'
export { isAboutTrust } from './isAboutTrust.ts'
export * as Overflow from './Overflow.ts'
export { overHttp } from './overHttp.ts'
export * as Queue from './Queue.ts'
export * as RetryPlan from './RetryPlan.ts'
export { systemClock } from './systemClock.ts'
export type {
  Delivered,
  Enqueue as Give,
  OnSettled as Settle,
  Policy,
  Sent,
  Transport,
} from './Transport.ts'
export * as TransportError from './TransportError.ts'
export { withCompression } from './withCompression.ts'
export { withConcurrency } from './withConcurrency.ts'
export { within } from './within.ts'
export { withRateLimits } from './withRateLimits.ts'
export { withRetry } from './withRetry.ts'
export { withTimeout } from './withTimeout.ts'
