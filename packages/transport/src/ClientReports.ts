/**
 * Reports losses to the server. Losses are added up and sent with the next envelope; an envelope of their own is sent only if
 * no other is.
 *
 * Two policies share one state. `count` is the outermost one, which sees every loss; with a queue around it, the queue calls
 * `lost` instead. `append` is the innermost one, which is sure that the envelope is sent. If the server does not accept the
 * envelope, its report is added back. A lost report is not a loss itself.
 *
 * @example
 * ```ts
 * import * as ClientReport from '@sentry-exporter/envelope/ClientReport'
 * import { ClientReports, systemClock } from '@sentry-exporter/transport'
 *
 * const reports = ClientReports.make(systemClock)
 * reports.add(ClientReport.of('before_send', [['span', 2]]))
 * console.log(reports.waiting()) // [ { reason: 'before_send', category: 'span', quantity: 2 } ]
 * ```
 */
import * as ClientReport from '@sentry-exporter/envelope/ClientReport'
import * as Sealed from '@sentry-exporter/envelope/Sealed'
import * as E from '#fp-ts/Either'
import type * as IO from '#fp-ts/IO'
import type { Clock } from './Clock.ts'
import type { Policy } from './Transport.ts'
import * as TransportError from './TransportError.ts'

// model

export interface ClientReports {
  /** Counts the envelopes that were not delivered. */
  readonly count: Policy
  /** Counts one envelope that was not delivered. */
  readonly lost: (envelope: Sealed.EnvelopeMeta, error: TransportError.TransportError) => void
  /** Appends the counts to the next envelope. */
  readonly append: Policy
  /** Counts losses that happened before delivery. */
  readonly add: (report: ClientReport.ClientReport) => void
  /** The counts that are not reported yet. */
  readonly waiting: IO.IO<ClientReport.ClientReport>
}

// constructors

/** `onLoss` is called when the first loss since the last report is counted. */
export const make = (
  clock: Pick<Clock, 'now'>,
  onLoss: IO.IO<void> = () => undefined,
): ClientReports => {
  let waiting = ClientReport.empty
  const add = (report: ClientReport.ClientReport): void => {
    const isFirst = ClientReport.isEmpty(waiting) && !ClientReport.isEmpty(report)
    waiting = ClientReport.Monoid.concat(waiting, report)
    if (isFirst) onLoss()
  }
  const lost: ClientReports['lost'] = ({ lossesIfDropped }, error) => {
    const reason = TransportError.discardReason(error)
    if (reason !== undefined) add(ClientReport.of(reason, lossesIfDropped))
  }
  return {
    count: (transport) => (sealed, signal) => async () => {
      const sent = await transport(sealed, signal)()
      if (E.isLeft(sent)) lost(sealed, sent.left)
      return sent
    },
    lost,
    append: (transport) => (sealed, signal) => async () => {
      const report = waiting
      if (ClientReport.isEmpty(report)) return transport(sealed, signal)()
      waiting = ClientReport.empty
      const item = ClientReport.toItem(report, clock.now())
      const sent = await transport(Sealed.append(item)(sealed), signal)()
      if (E.isLeft(sent)) add(report)
      return sent
    },
    add,
    waiting: () => waiting,
  }
}

/** Counts and reports nothing. */
export const none: ClientReports = {
  count: (transport) => transport,
  lost: () => undefined,
  append: (transport) => transport,
  add: () => undefined,
  waiting: () => ClientReport.empty,
}
