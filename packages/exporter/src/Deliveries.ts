/** Delivery to each DSN of an exporter: each has limits, a queue and client reports of its own. */
import type * as Losses from '@sentry-exporter/core/Losses'
import type { Category } from '@sentry-exporter/envelope/Category'
import * as ClientReport from '@sentry-exporter/envelope/ClientReport'
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import type { Clock } from '@sentry-exporter/transport/Clock'
import * as Delivery from '@sentry-exporter/transport/Delivery'
import type { Http } from '@sentry-exporter/transport/Http'
import type { OnSettled } from '@sentry-exporter/transport/Transport'
import * as Counts from './Counts.ts'
import type { SealedEnvelope } from './EnvelopeDraft.ts'
import * as Outcome from './Outcome.ts'
import { sentOutcome } from './sentOutcome.ts'

// model

export interface Deliveries {
  /**
   * Hands envelopes over, all that are there at once, each sealed when it is its turn, if anything is left of it then;
   * resolves when each was taken or lost. Never rejects.
   */
  readonly send: <A>(
    ready: ReadonlyArray<A>,
    seal: (ready: A) => SealedEnvelope | undefined,
  ) => Promise<Outcome.Outcome>
  /** Counts what was left out on purpose, for the client reports of the main DSN. */
  readonly lose: (losses: Losses.Losses) => void
  /** Tells the servers what was lost, if they were not told yet. Never rejects. */
  readonly report: () => Promise<unknown>
  readonly stop: () => void
  readonly cut: () => void
}

export interface Wiring extends Omit<Delivery.Wiring, 'dsn'> {
  readonly http: Http
  readonly clock: Clock
  /** The main one first. */
  readonly dsns: ReadonlyArray<Dsn.Dsn>
}

// constructors

export const make = ({ dsns, ...wiring }: Wiring): Deliveries => {
  const deliveries = new Map<string, Delivery.Delivery>()
  const of = (dsn: Dsn.Dsn): Delivery.Delivery => {
    const key = Dsn.print(dsn)
    const known = deliveries.get(key)
    if (known !== undefined) return known
    const made = Delivery.make({ ...wiring, dsn })
    deliveries.set(key, made)
    return made
  }
  const [main] = dsns.map(of)
  const each = (act: (delivery: Delivery.Delivery) => void): void => {
    for (const delivery of deliveries.values()) act(delivery)
  }
  return {
    send: (ready, seal) => {
      const gathering = gather(ready.length)
      const batch = {}
      for (const one of ready) {
        const parcel = seal(one)
        if (parcel === undefined) {
          gathering.passOver()
          continue
        }
        of(parcel.dsn).give({ ...parcel, batch }, gathering.settle)
      }
      return gathering.outcome
    },
    lose: (losses) => {
      for (const [loss, reason, category] of REPORTED) {
        main?.lose(ClientReport.of(reason, [[category, losses[loss] ?? 0]]))
      }
    },
    report: () => Promise.all([...deliveries.values()].map(({ report }) => report())),
    stop: () => each(({ stop }) => stop()),
    cut: () => each(({ cut }) => cut()),
  }
}

/** The outcome of so many envelopes. Knows none of them: what was dropped must not be kept by those who wait. */
const gather = (
  count: number,
): {
  readonly settle: OnSettled
  /** Nothing is left of one of them. */
  readonly passOver: () => void
  readonly outcome: Promise<Outcome.Outcome>
} => {
  let left = count
  let gathered = Outcome.empty
  let resolve: (outcome: Outcome.Outcome) => void = () => undefined
  const outcome = new Promise<Outcome.Outcome>((done) => {
    resolve = done
  })
  if (count === 0) resolve(gathered)
  const passOver = (): void => {
    if (--left === 0) resolve(gathered)
  }
  return {
    settle: (sent, about) => {
      gathered = Outcome.concat(gathered, sentOutcome(Counts.of(about))(sent))
      passOver()
    },
    passOver,
    outcome,
  }
}

/** What was left out before there was an envelope, and how the server counts it. */
const REPORTED: ReadonlyArray<readonly [Losses.Reason, ClientReport.Reason, Category]> = [
  ['before_send', 'before_send', 'span'],
  ['before_send_error', 'before_send', 'error'],
  ['error_ignored', 'ignored', 'error'],
  ['sampled', 'sample_rate', 'span'],
]
