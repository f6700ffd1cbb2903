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
import { Overflow, TransportError } from '@sentry-exporter/transport'
import type { Clock } from '@sentry-exporter/transport/Clock'
import * as Delivery from '@sentry-exporter/transport/Delivery'
import type { Http } from '@sentry-exporter/transport/Http'
import type { Enqueue, Policy } from '@sentry-exporter/transport/Transport'
import type { Backlog } from './Backlog.ts'
import { countDown, type OnOutcome } from './countDown.ts'
import type { AddressedEnvelope } from './EventEnvelope.ts'
import { losing } from './losing.ts'
import type * as Outcome from './Outcome.ts'
import type { EnvelopePlace, ProjectLines } from './ProjectLines.ts'
import type { ProjectLookup } from './ProjectLookup.ts'

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
  /**
   * Changes the projects and the options. Envelopes that wait for a project that is not among them are still sent to it; its rate
   * limits are forgotten afterwards.
   */
  readonly reconfigure: (targets: DeliveryTargets) => void
}

/** The projects, and how envelopes are delivered to them. */
export interface DeliveryTargets {
  /** The default project, which also receives the reports of losses without an envelope. */
  readonly main: Dsn.Dsn | undefined
  /** The DSNs of routes. */
  readonly routed?: ReadonlyArray<Dsn.Dsn> | undefined
  /** Finds projects that are known by their slugs. */
  readonly projects?: ProjectLookup | undefined
  /** Whether envelopes for a project that does not exist go to the default project; `true` if left out. */
  readonly takesUnmatched?: boolean | undefined
  readonly options: Delivery.Options
}

export interface RoutedDeliveryWiring extends DeliveryTargets {
  readonly http: Http
  readonly clock: Clock
  /** Name and version of the client: `name/version`. */
  readonly client: string
}

// constructors

/** Losses without an envelope, and how the server counts them. */
const REPORTED: ReadonlyArray<readonly [Losses.LossReason, ClientReport.Reason, Category]> = [
  ['before_send', 'before_send', 'span'],
  ['before_send_error', 'before_send', 'error'],
  // Their bytes are not known any more.
  ['before_send_log', 'before_send', 'log_item'],
  ['before_send_metric', 'before_send', 'trace_metric'],
  // Sentry has no reason of its own for a hook that failed.
  ['hook_failed', 'before_send', 'span'],
  ['hook_failed_error', 'before_send', 'error'],
  ['hook_failed_log', 'before_send', 'log_item'],
  ['hook_failed_metric', 'before_send', 'trace_metric'],
  ['error_ignored', 'ignored', 'error'],
  ['sampled', 'sample_rate', 'span'],
]

export const make = ({ http, clock, client, ...first }: RoutedDeliveryWiring): DeliveryByDsn => {
  const deliveries = new Map<string, Delivery.Delivery>()
  let targets: DeliveryTargets = first
  // Of the directory: a delivery asks the one with which it was made for other keys.
  let generation = 0
  const of = (dsn: Dsn.Dsn, key = Dsn.print(dsn), policy?: Policy): Delivery.Delivery => {
    const known = deliveries.get(key)
    if (known !== undefined) return known
    const { options } = targets
    const made = Delivery.make({ http, clock, client, dsn, options, policy })
    deliveries.set(key, made)
    return made
  }
  const lines = (): ProjectLines | undefined =>
    targets.projects?.open({
      clock,
      options: targets.options,
      // A project that has another DSN later gets another delivery.
      deliver: ({ slug }, dsn, policy) =>
        of(dsn, `${generation} ${slug} ${Dsn.print(dsn)}`, policy).give,
      main: targets.main,
      fallback:
        targets.main && targets.takesUnmatched !== false
          ? { dsn: targets.main, give: of(targets.main).give }
          : undefined,
    })
  const start = (): ReadonlyArray<Delivery.Delivery> => {
    const { main, routed = [] } = targets
    return [...(main === undefined ? [] : [main]), ...routed].map((dsn) => of(dsn))
  }
  start()
  let projects = lines()
  const lineFor = ({ dsn, project }: AddressedEnvelope): Enqueue =>
    project === undefined || projects === undefined ? of(dsn).give : projects.giveTo(project)
  const each = (act: (delivery: Delivery.Delivery) => void): void => {
    for (const delivery of deliveries.values()) act(delivery)
  }
  const reconfigure = (next: DeliveryTargets): void => {
    if (next.projects?.directory !== targets.projects?.directory) generation++
    const former = projects
    targets = next
    const kept = new Set(start())
    for (const [key, delivery] of deliveries) {
      delivery.reconfigure(next.options)
      const isKept = kept.has(delivery) || key.startsWith(`${generation} `)
      if (isKept || !delivery.isIdle()) continue
      deliveries.delete(key)
      void delivery.report().then(delivery.stop)
    }
    projects = lines()
    const current = projects
    const { main } = targets
    former?.handOver(current ? (project) => ({ give: current.giveTo(project), dsn: main }) : toMain)
  }
  /** For what waited for a project when the configuration changed to one that looks no projects up. */
  const toMain = (): EnvelopePlace =>
    targets.main === undefined
      ? { give: losing(NO_PROJECTS) }
      : { give: of(targets.main).give, dsn: targets.main }
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
      if (targets.main === undefined) return
      const main = of(targets.main)
      for (const [loss, reason, category] of REPORTED) {
        main.lose(ClientReport.of(reason, [[category, losses[loss] ?? 0]]))
      }
    },
    report: () => Promise.all([...deliveries.values()].map(({ report }) => report())),
    load: () => {
      const waiting = projects?.load() ?? { items: 0, bytes: 0 }
      let [envelopes, envelopeBytes] = [waiting.items, waiting.bytes]
      let isFull = Overflow.isFull(targets.options)(waiting)
      each((delivery) => {
        const { items, bytes } = delivery.load()
        envelopes += items
        envelopeBytes += bytes
        isFull ||= delivery.isFull()
      })
      return { isFull, envelopes, envelopeBytes }
    },
    stop: () => {
      projects?.handOver(() => ({ give: losing(TransportError.abandoned) }))
      each(({ stop }) => stop())
    },
    cut: () => each(({ cut }) => cut()),
    reconfigure,
  }
}

const NO_PROJECTS = TransportError.noProject('projects are not looked up any more')
