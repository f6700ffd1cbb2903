/** Delivery of sealed envelopes for any runtime: `Http`, `Transport`, their errors, and policies around them. */
export type { Answer } from './Answer.ts'
export * as ClientReports from './ClientReports.ts'
export {
  type Cancel,
  type Clock,
  deadlineMillis,
  systemClock,
  type TimerOptions,
  withDeadline,
} from './Clock.ts'
export * as ConfigError from './ConfigError.ts'
export * as ConfigOption from './ConfigOption.ts'
export * as Delivery from './Delivery.ts'
export type { Exchange, ExchangeAnswer, ExchangeRequest } from './Exchange.ts'
export * as Http from './Http.ts'
export type { AbortSignalLike } from './internal/onAbort.ts'
export * as Overflow from './Overflow.ts'
export { overHttp } from './overHttp.ts'
export * as Queue from './Queue.ts'
export * as Range from './Range.ts'
export * as RetryPlan from './RetryPlan.ts'
export type { Delivered, Enqueue, OnSettled, Policy, Sent, Transport } from './Transport.ts'
export * as TransportError from './TransportError.ts'
export { withCompression } from './withCompression.ts'
export { withRateLimits } from './withRateLimits.ts'
export { type RenewDsn, withRenewedDsn } from './withRenewedDsn.ts'
export { withRetry } from './withRetry.ts'
export { withTimeout } from './withTimeout.ts'
