/**
 * The envelope of several logs. It belongs to no trace: its logs may be of many.
 *
 * @example
 * ```ts
 * import * as Dsn from '@sentry-exporter/envelope/Dsn'
 * import { LogEnvelope } from '@sentry-exporter/exporter'
 *
 * const dsn = Dsn.parse('https://key@sentry.example.com/42')
 * if (dsn._tag === 'Right') {
 *   const log = { before: '{"body":"a"', shared: { text: '' }, after: '}' }
 *   const logs = { logs: [log, log], bytes: 2 }
 *   const envelope = LogEnvelope.seal(dsn.right)(logs, { _tag: 'Default' })
 *   console.log(envelope.category, envelope.logs) // log_item 2
 * }
 * ```
 */
import type { ItemText } from '@sentry-exporter/core/pipeline'
import { sdk } from '@sentry-exporter/core/Sdk'
import * as Container from '@sentry-exporter/envelope/Container'
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import type * as Item from '@sentry-exporter/envelope/Item'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as WellFormed from '@sentry-exporter/envelope/WellFormed'
import type { AddressedEnvelope } from './EventEnvelope.ts'
import type { Destination } from './Routing.ts'

// model

/** The logs of one envelope. */
export interface PrintedLogs {
  readonly logs: ReadonlyArray<ItemText.ItemText>
  /** As the server counts them for the category `log_byte`. */
  readonly bytes: number
}

/** Makes the envelope of some logs. */
export type EncodeLogs<A> = (logs: PrintedLogs, to: Destination) => A

const SENDER = { name: sdk.name, version: sdk.version }

// encoding

/** An envelope that belongs to no project yet. */
export const unaddressed: EncodeLogs<Envelope.Envelope<Item.Content>> = ({ logs }) => {
  const shared = new Map<ItemText.SharedText, Utf8.Slice>()
  const values = logs.map(({ before, shared: one, after }): Container.ContainerValue => {
    if (one.text === '') return before + after
    const encoded = shared.get(one) ?? Utf8.slice(WellFormed.repair(one.text))
    shared.set(one, encoded)
    return [before, encoded, after]
  })
  return { header: { sdk: SENDER }, items: [Container.of('log', values)] }
}

/** Seals envelopes for the default project, or for that of their route. */
export const seal =
  (main: Dsn.Dsn | undefined): EncodeLogs<AddressedEnvelope> =>
  (group, to) => ({
    dsn: to._tag === 'Dsn' ? to.dsn : (main ?? Dsn.unknown),
    project: to._tag === 'Project' ? to.project : undefined,
    eventId: undefined,
    category: 'log_item',
    lossesIfDropped: [
      ['log_item', group.logs.length],
      ['log_byte', group.bytes],
    ],
    bytes: Envelope.encode(unaddressed(group, to)),
    spans: 0,
    logs: group.logs.length,
    // Filled in by the delivery.
    batch: undefined,
  })
