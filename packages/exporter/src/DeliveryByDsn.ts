/**
 * Delivery to the projects of an exporter: each DSN has its own rate limits, queue and client reports.
 *
 * @example
 * ```ts
 * import { Config, DeliveryByDsn, Outcome } from '@sentry-exporter/exporter'
 * import { type Http, systemClock as clock } from '@sentry-exporter/transport'
 *
 * const http: Http.Http = () => async () => ({
 *   _tag: 'Right',
 *   right: { status: 200, header: () => undefined },
 * })
 * const config = Config.decode({ dsn: 'https://key@sentry.example.com/42' })
 * if (config._tag === 'Right') {
 *   const { delivery: options, dsn } = config.right
 *   const wiring = { http, clock, client: 'jobs/1.0', main: dsn, options }
 *   const delivery = DeliveryByDsn.make(wiring)
 *   const outcome = await delivery.send([], () => undefined)
 *   console.log(Outcome.show(outcome)) // 0 spans in, 0 transactions, 0 errors, nothing lost
 *   delivery.stop()
 * }
 * ```
 */
import type * as Losses from '@sentry-exporter/core/Losses'
import type { Category } from '@sentry-exporter/envelope/Category'
import * as ClientReport from '@sentry-exporter/envelope/ClientReport'
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import { Overflow } from '@sentry-exporter/transport'
import type { Clock } from '@sentry-exporter/transport/Clock'
import * as Delivery from '@sentry-exporter/transport/Delivery'
import type { Http } from '@sentry-exporter/transport/Http'
import type { Enqueue, OnSettled } from '@sentry-exporter/transport/Transport'
import type { Backlog } from './Backlog.ts'
import * as Counts from './Counts.ts'
import type { AddressedEnvelope } from './EventEnvelope.ts'
import * as Outcome from './Outcome.ts'
import type { ProjectDirectory } from './ProjectDirectory.ts'
import * as ProjectLines from './ProjectLines.ts'
import { sentOutcome } from './sentOutcome.ts'

// model

export interface DeliveryByDsn {
  /**
   * Enqueues the envelopes of plans, all before it returns. Each envelope is made when its turn comes; a plan whose event was
   * dropped has none. `onSettled` is called for each envelope that was delivered or lost. Resolves after all of them. Never
   * rejects.
   */
  readonly send: <A>(
    plans: ReadonlyArray<A>,
    make: (plan: A) => AddressedEnvelope | undefined,
    onSettled?: OnOutcome,
  ) => Promise<Outcome.Outcome>
  /** Counts events that were left out on purpose, for the client reports of the main DSN. */
  readonly lose: (losses: Losses.Losses) => void
  /** Sends the client reports that are due. Never rejects. */
  readonly report: () => Promise<unknown>
  /** The envelopes in the queues. `isFull` if one of the queues is. */
  readonly load: () => Pick<Backlog, 'isFull' | 'envelopes' | 'envelopeBytes'>
  /** Starts no attempt any more. */
  readonly stop: () => void
  /** Ends the attempts that are under way. */
  readonly cut: () => void
}

/** Receives the outcome of one envelope, and the number of spans in it. */
export type OnOutcome = (outcome: Outcome.Outcome, spans: number) => void

export interface RoutedDeliveryWiring extends Omit<Delivery.DeliveryWiring, 'dsn'> {
  readonly http: Http
  readonly clock: Clock
  /** The default project, which also receives the reports of losses without an envelope. */
  readonly main: Dsn.Dsn | undefined
  /** Finds projects that are known by their slugs. */
  readonly directory?: ProjectDirectory | undefined
  /** Whether envelopes for a project that does not exist go to the default project. */
  readonly takesUnmatched?: boolean | undefined
}

// constructors

/** Losses without an envelope, and how the server counts them. */
const REPORTED: ReadonlyArray<readonly [Losses.LossReason, ClientReport.Reason, Category]> = [
  ['before_send', 'before_send', 'span'],
  ['before_send_error', 'before_send', 'error'],
  // Sentry has no reason of its own for a hook that failed.
  ['hook_failed', 'before_send', 'span'],
  ['hook_failed_error', 'before_send', 'error'],
  ['error_ignored', 'ignored', 'error'],
  ['sampled', 'sample_rate', 'span'],
]

export const make = ({
  main: mainDsn,
  directory,
  takesUnmatched = true,
  ...wiring
}: RoutedDeliveryWiring): DeliveryByDsn => {
  const deliveries = new Map<string, Delivery.Delivery>()
  const of = (
    dsn: Dsn.Dsn,
    key = Dsn.print(dsn),
    renew?: Delivery.DeliveryWiring['renew'],
  ): Delivery.Delivery => {
    const known = deliveries.get(key)
    if (known !== undefined) return known
    const made = Delivery.make({ ...wiring, dsn, renew })
    deliveries.set(key, made)
    return made
  }
  const main = mainDsn && { dsn: mainDsn, ...of(mainDsn) }
  const projects =
    directory &&
    ProjectLines.make({
      directory,
      clock: wiring.clock,
      options: wiring.options,
      // A project that has another DSN later gets another delivery.
      deliver: ({ slug }, dsn, renew) => of(dsn, `${slug} ${Dsn.print(dsn)}`, renew).give,
      fallback: takesUnmatched ? main : undefined,
    })
  const lineFor = ({ dsn, project }: AddressedEnvelope): Enqueue =>
    project === undefined || projects === undefined ? of(dsn).give : projects.giveTo(project)
  const each = (act: (delivery: Delivery.Delivery) => void): void => {
    for (const delivery of deliveries.values()) act(delivery)
  }
  return {
    send: (plans, makeSealed, onSettled) => {
      const results = countDown(plans.length, onSettled)
      const batch = {}
      for (const plan of plans) {
        const sealed = makeSealed(plan)
        if (sealed === undefined) results.skip()
        else lineFor(sealed)({ ...sealed, batch }, results.settle)
      }
      return results.outcome
    },
    lose: (losses) => {
      for (const [loss, reason, category] of REPORTED) {
        main?.lose(ClientReport.of(reason, [[category, losses[loss] ?? 0]]))
      }
    },
    report: () => Promise.all([...deliveries.values()].map(({ report }) => report())),
    load: () => {
      const waiting = projects?.load() ?? { items: 0, bytes: 0 }
      let [envelopes, envelopeBytes] = [waiting.items, waiting.bytes]
      let isFull = Overflow.isFull(wiring.options)(waiting)
      each((delivery) => {
        const { items, bytes } = delivery.load()
        envelopes += items
        envelopeBytes += bytes
        isFull ||= delivery.isFull()
      })
      return { isFull, envelopes, envelopeBytes }
    },
    stop: () => {
      projects?.stop()
      each(({ stop }) => stop())
    },
    cut: () => each(({ cut }) => cut()),
  }
}

/** The outcome of `count` plans. Holds no envelope, so that those that were dropped are freed. */
const countDown = (
  count: number,
  onSettled: OnOutcome = () => undefined,
): {
  readonly settle: OnSettled
  /** There is no envelope. */
  readonly skip: () => void
  readonly outcome: Promise<Outcome.Outcome>
} => {
  let left = count
  let total = Outcome.Monoid.empty
  let resolve: (outcome: Outcome.Outcome) => void = () => undefined
  const outcome = new Promise<Outcome.Outcome>((done) => {
    resolve = done
  })
  if (count === 0) resolve(total)
  const skip = (): void => {
    if (--left === 0) resolve(total)
  }
  return {
    settle: (sent, meta) => {
      const counts = Counts.of(meta)
      const outcome = sentOutcome(counts)(sent)
      total = Outcome.Monoid.concat(total, outcome)
      onSettled(outcome, counts.spans)
      skip()
    },
    skip,
    outcome,
  }
}
