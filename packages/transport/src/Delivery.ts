/**
 * Delivery to one DSN: all policies around one `Http`, in one pipe, with the state that they share. Each DSN has its own, so
 * that the limits, failures and backlog of one project are none of another.
 */
import * as ClientReport from '@sentry-exporter/envelope/ClientReport'
import type { Dsn } from '@sentry-exporter/envelope/Dsn'
import * as Sealed from '@sentry-exporter/envelope/Sealed'
import { pipe } from '#fp-ts/function'
import type * as IO from '#fp-ts/IO'
import type * as T from '#fp-ts/Task'
import * as ClientReports from './ClientReports.ts'
import type { Clock } from './Clock.ts'
import * as Closing from './Closing.ts'
import type { Http } from './Http.ts'
import type * as Overflow from './Overflow.ts'
import { overHttp } from './overHttp.ts'
import * as Queue from './Queue.ts'
import * as RetryPlan from './RetryPlan.ts'
import type { Enqueue, Transport } from './Transport.ts'
import { withRateLimits } from './withRateLimits.ts'
import { withRetry } from './withRetry.ts'
import { withTimeout } from './withTimeout.ts'

// model

export interface Options extends Overflow.Bounds {
  /** For one attempt. */
  readonly timeoutMillis: number
  readonly retry: RetryPlan.RetryPlan
  /** Most requests under way at a time. */
  readonly concurrency: number
  readonly overflow: Overflow.Overflow
  /** Whether the server is told what was lost. */
  readonly sendClientReports: boolean
}

export interface Wiring {
  readonly http: Http
  readonly clock: Clock
  /** Who sends: `name/version`. */
  readonly client: string
  readonly dsn: Dsn
  readonly options: Options
}

export interface Delivery {
  /** For envelopes of this DSN. Never rejects. */
  readonly transport: Transport
  /** The same for many at once, without a promise for each. */
  readonly give: Enqueue
  /** Counts what was lost before it got here. */
  readonly lose: (report: ClientReport.ClientReport) => void
  /** Tells the server what was lost, if anything was and nobody told yet. One attempt; it may fail. */
  readonly report: T.Task<void>
  /** What waits, without what is under way. */
  readonly load: IO.IO<Overflow.Load>
  readonly isFull: IO.IO<boolean>
  /** Starts no attempt any more: what waits for its turn is abandoned, what waits to be tried again is given up. */
  readonly stop: IO.IO<void>
  /** Gives up the attempts that are under way. */
  readonly cut: IO.IO<void>
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

export const make = ({ http, clock, client, dsn, options }: Wiring): Delivery => {
  const [stopping, cutting] = [Closing.make(), Closing.make()]
  let callOff: IO.IO<void> | undefined
  const reports = options.sendClientReports
    ? ClientReports.make(clock, () => {
        if (stopping.isClosed()) return
        callOff?.()
        callOff = clock.setTimer(REPORT_MILLIS, () => void report())
      })
    : ClientReports.none
  const queue = Queue.make({ ...options, closing: stopping, onLoss: reports.lost })

  const attempt = pipe(
    overHttp({ http, clock, client }),
    withTimeout(clock, { timeoutMillis: options.timeoutMillis, closing: cutting }),
    reports.append,
    withRateLimits(clock),
  )
  const insisting = pipe(attempt, withRetry(clock, { plan: options.retry, closing: stopping }))

  const report: T.Task<void> = async () => {
    callOff?.()
    callOff = undefined
    const isWorthIt = !stopping.isClosed() && !ClientReport.isEmpty(reports.waiting())
    if (isWorthIt) await attempt(Sealed.bare(dsn))()
  }
  return {
    transport: queue.policy(insisting),
    give: queue.giveTo(insisting),
    lose: reports.add,
    report,
    load: queue.load,
    isFull: queue.isFull,
    stop: () => {
      stopping.close()
      callOff?.()
    },
    cut: cutting.close,
  }
}

/** How long a loss waits for an envelope that takes its report along: as long as in Sentry's own client for Node. */
const REPORT_MILLIS = 60_000
