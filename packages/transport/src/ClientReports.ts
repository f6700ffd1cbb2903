/**
 * Tells the server what was lost before it could see it. Losses are summed up and travel with the next envelope that leaves;
 * an envelope of their own is sent only where none leaves.
 *
 * Two policies of one state: `count` outermost, where all is known that can be lost (or `lost`, told by a queue that is
 * outermost), and `append` innermost, where it is certain that something leaves. What an envelope took along is given back if it was not taken. A report is nothing that can
 * be lost itself: it counts nowhere.
 */
import * as ClientReport from '@sentry-exporter/envelope/ClientReport'
import * as Sealed from '@sentry-exporter/envelope/Sealed'
import * as E from '#fp-ts/Either'
import type * as IO from '#fp-ts/IO'
import type { Clock } from './Clock.ts'
import { discardReason } from './discardReason.ts'
import type { Policy } from './Transport.ts'
import type { TransportError } from './TransportError.ts'

// model

export interface ClientReports {
  /** Counts what was not delivered. */
  readonly count: Policy
  /** Counts one that was not delivered. */
  readonly lost: (about: Sealed.EnvelopeMeta, error: TransportError) => void
  /** Puts what is counted at the end of what leaves. */
  readonly append: Policy
  /** Counts what was lost elsewhere. */
  readonly add: (report: ClientReport.ClientReport) => void
  /** What is counted and not told yet. */
  readonly waiting: IO.IO<ClientReport.ClientReport>
}

// constructors

/** `onLoss` is called when something waits where nothing did before. */
export const make = (
  clock: Pick<Clock, 'now'>,
  onLoss: IO.IO<void> = () => undefined,
): ClientReports => {
  let waiting = ClientReport.empty
  const add = (report: ClientReport.ClientReport): void => {
    const isFirst = ClientReport.isEmpty(waiting) && !ClientReport.isEmpty(report)
    waiting = ClientReport.concat(waiting, report)
    if (isFirst) onLoss()
  }
  const lost: ClientReports['lost'] = ({ lossesIfDropped }, error) => {
    const reason = discardReason(error)
    if (reason !== undefined) add(ClientReport.of(reason, lossesIfDropped))
  }
  return {
    count: (transport) => (sealed) => async () => {
      const sent = await transport(sealed)()
      if (E.isLeft(sent)) lost(sealed, sent.left)
      return sent
    },
    lost,
    append: (transport) => (sealed) => async () => {
      const report = waiting
      if (ClientReport.isEmpty(report)) return transport(sealed)()
      waiting = ClientReport.empty
      const item = ClientReport.toItem(report, clock.now())
      const sent = await transport(Sealed.append(item)(sealed))()
      if (E.isLeft(sent)) add(report)
      return sent
    },
    add,
    waiting: () => waiting,
  }
}

/** Counts and tells nothing. */
export const none: ClientReports = {
  count: (transport) => transport,
  lost: () => undefined,
  append: (transport) => transport,
  add: () => undefined,
  waiting: () => ClientReport.empty,
}
