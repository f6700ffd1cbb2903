/**
 * Delivery to one DSN: all policies around one `Http`, in one pipe, with the state that they share. Each DSN has its own
 * delivery, so that rate limits, failures and the backlog of one project do not affect another.
 *
 * @example
 * ```ts
 * import * as Dsn from '@sentry-exporter/envelope/Dsn'
 * import * as Item from '@sentry-exporter/envelope/Item'
 * import * as Sealed from '@sentry-exporter/envelope/Sealed'
 * import { systemClock as clock } from '@sentry-exporter/transport/Clock'
 * import * as Delivery from '@sentry-exporter/transport/Delivery'
 * import * as Http from '@sentry-exporter/transport/Http'
 * import * as TransportError from '@sentry-exporter/transport/TransportError'
 *
 * const http = Http.fromPromise(
 *   async () => ({ status: 200, header: () => undefined }),
 *   (cause) => TransportError.unreachable(String(cause)),
 * )
 * const dsn = Dsn.parse('https://key@host/1')
 * if (dsn._tag === 'Right') {
 *   const delivery = Delivery.make({
 *     http,
 *     clock,
 *     client: 'my-client/1.0',
 *     dsn: dsn.right,
 *     options: Delivery.defaults,
 *   })
 *   const event = Sealed.seal(
 *     { dsn: dsn.right, eventId: undefined, category: 'error', lossesIfDropped: [['error', 1]] },
 *     { header: {}, items: [Item.json('event', { message: 'ready' })] },
 *   )
 *   const sent = await delivery.transport(event)()
 *   console.log(sent._tag) // Right
 *   delivery.stop()
 * }
 * ```
 */
import * as ClientReport from '@sentry-exporter/envelope/ClientReport'
import type { Dsn } from '@sentry-exporter/envelope/Dsn'
import * as Sealed from '@sentry-exporter/envelope/Sealed'
import { identity, pipe } from '#fp-ts/function'
import type * as IO from '#fp-ts/IO'
import type * as T from '#fp-ts/Task'
import * as ClientReports from './ClientReports.ts'
import type { Cancel, Clock } from './Clock.ts'
import type { Http } from './Http.ts'
import { type AbortSignalLike, lastingAborter } from './internal/onAbort.ts'
import type * as Overflow from './Overflow.ts'
import { overHttp } from './overHttp.ts'
import * as Queue from './Queue.ts'
import * as RetryPlan from './RetryPlan.ts'
import type { Enqueue, Policy, Transport } from './Transport.ts'
import { withRateLimits } from './withRateLimits.ts'
import { withRetry } from './withRetry.ts'
import { withTimeout } from './withTimeout.ts'

// model

export interface Options extends Overflow.Bounds {
  /** For one attempt, which is aborted then. */
  readonly timeoutMillis: number
  readonly retry: RetryPlan.RetryPlan
  /** The largest number of simultaneous requests. */
  readonly concurrency: number
  readonly overflow: Overflow.Overflow
  /** Whether losses are reported to the server. */
  readonly sendClientReports: boolean
}

export interface DeliveryWiring {
  readonly http: Http
  readonly clock: Clock
  /** Name and version of the client: `name/version`. */
  readonly client: string
  readonly dsn: Dsn
  readonly options: Options
  /** Around each attempt, for example `withRenewedDsn`. Its signal is that of `cut`. */
  readonly policy?: Policy | undefined
}

export interface Delivery {
  /** For envelopes of this DSN. Never rejects. */
  readonly transport: Transport
  /** The same for many envelopes, without a promise for each. */
  readonly give: Enqueue
  /** Counts losses that happened before delivery. */
  readonly lose: (report: ClientReport.ClientReport) => void
  /** Reports the losses that are not reported yet, if there are any. One attempt, which may fail. */
  readonly report: T.Task<void>
  /** The waiting envelopes, without those that are being sent. */
  readonly load: IO.IO<Overflow.Load>
  readonly isFull: IO.IO<boolean>
  /** Whether every envelope was delivered or lost. */
  readonly isIdle: IO.IO<boolean>
  /** Starts no further attempt: envelopes in the queue are abandoned, and envelopes that wait for a retry fail. */
  readonly stop: IO.IO<void>
  /** Ends the attempts that have started: they fail with `Closed`. */
  readonly cut: IO.IO<void>
  /**
   * Changes the options. Rate limits and waiting envelopes stay. An attempt that has started keeps its time limit, and an envelope
   * whose first attempt has started keeps its retry plan.
   */
  readonly reconfigure: (options: Options) => void
}

// constructors

export const defaults: Options = {
  timeoutMillis: 30_000,
  retry: RetryPlan.defaults,
  concurrency: 8,
  maxItems: 100_000,
  maxBytes: 64 * 1024 * 1024,
  overflow: 'dropOldest',
  sendClientReports: true,
}

/** A loss waits so long for an envelope that takes its report along: as long as in Sentry's own client for Node. */
const REPORT_MILLIS = 60_000

export const make = ({ http, clock, client, dsn, options, policy }: DeliveryWiring): Delivery => {
  const [stopping, cutting] = [lastingAborter(), lastingAborter()]
  let { sendClientReports } = options
  let cancelReport: Cancel | undefined
  const reports = ClientReports.make(clock, () => {
    if (stopping.signal.aborted) return
    cancelReport?.()
    cancelReport = clock.setTimer(REPORT_MILLIS, () => void report())
  })
  const queue = Queue.make({
    ...options,
    signal: stopping.signal,
    onLoss: (envelope, error) => {
      if (sendClientReports) reports.lost(envelope, error)
    },
  })

  const post = overHttp({ http, clock, client })
  const timed = ({ timeoutMillis }: Options): Transport =>
    withTimeout(clock, { timeoutMillis, signal: cutting.signal })(post)
  let once = timed(options)
  const newest: Transport = (sealed, signal) => once(sealed, signal)
  const attempt = pipe(
    newest,
    policy === undefined ? identity : cutBy(cutting.signal, policy),
    reports.append,
    withRateLimits(clock),
  )
  const repeated = ({ retry }: Options): Transport =>
    withRetry(clock, { plan: retry, signal: stopping.signal })(attempt)
  let retrying = repeated(options)
  const transport: Transport = (sealed, signal) => retrying(sealed, signal)

  const report: T.Task<void> = async () => {
    cancelReport?.()
    cancelReport = undefined
    const hasLosses = !stopping.signal.aborted && !ClientReport.isEmpty(reports.waiting())
    if (hasLosses) await attempt(Sealed.bare(dsn))()
  }
  return {
    transport: queue.policy(transport),
    give: queue.giveTo(transport),
    lose: (losses) => {
      if (sendClientReports) reports.add(losses)
    },
    report,
    load: queue.load,
    isFull: queue.isFull,
    isIdle: queue.isIdle,
    stop: () => {
      stopping.abort()
      cancelReport?.()
    },
    cut: () => cutting.abort(),
    reconfigure: (changed) => {
      sendClientReports = changed.sendClientReports
      queue.limit(changed)
      once = timed(changed)
      retrying = repeated(changed)
    },
  }
}

/** A policy that gets a signal where there is no other. The attempts in it have that signal already. */
const cutBy =
  (signal: AbortSignalLike, policy: Policy): Policy =>
  (attempt) => {
    const around = policy((sealed, given) => attempt(sealed, given === signal ? undefined : given))
    return (sealed, given) => around(sealed, given ?? signal)
  }
