/** Under which reason Sentry counts what was not delivered. */
import type { Reason } from '@sentry-exporter/envelope/ClientReport'
import * as TransportError from './TransportError.ts'

/** What goes wrong with an envelope: the other reasons are of what was left out before there was one. */
type SendReason = Exclude<Reason, 'before_send' | 'ignored' | 'sample_rate'>

/**
 * `undefined` for what the server counted itself (429), and for what there is nobody left to report. Source: the table of
 * statuses in `develop-docs/sdk/telemetry/client-reports.mdx` of getsentry/sentry-docs.
 */
export const discardReason = (error: TransportError.TransportError): SendReason | undefined => {
  const last = TransportError.lastOf(error)
  switch (last._tag) {
    case 'Unreachable':
    case 'Untrusted':
    case 'TimedOut':
    case 'Closed':
      return 'network_error'
    case 'Refused':
      return last.answer.status === TOO_MANY_REQUESTS ? undefined : 'send_error'
    case 'RateLimited':
      return 'ratelimit_backoff'
    case 'Overflowed':
      return 'queue_overflow'
    case 'Abandoned':
      return undefined
  }
}

const TOO_MANY_REQUESTS = 429
