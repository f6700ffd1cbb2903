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
 *   const logs = { texts: ['{"body":"a"}', '{"body":"b"}'], bytes: 2 }
 *   const envelope = LogEnvelope.seal(dsn.right)(logs, { _tag: 'Default' })
 *   console.log(envelope.category, envelope.logs) // log_item 2
 * }
 * ```
 */
import { sdk } from '@sentry-exporter/core/Sdk'
import * as Container from '@sentry-exporter/envelope/Container'
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import type * as Item from '@sentry-exporter/envelope/Item'
import type { AddressedEnvelope } from './EventEnvelope.ts'
import type { Destination } from './Routing.ts'

// model

/** The logs of one envelope. */
export interface PrintedLogs {
  /** Each as JSON. */
  readonly texts: ReadonlyArray<string>
  /** As the server counts them for the category `log_byte`. */
  readonly bytes: number
}

/** Makes the envelope of some logs. */
export type EncodeLogs<A> = (logs: PrintedLogs, to: Destination) => A

const SENDER = { name: sdk.name, version: sdk.version }

// encoding

/** An envelope that belongs to no project yet. */
export const unaddressed: EncodeLogs<Envelope.Envelope<Item.Content>> = ({ texts }) => ({
  header: { sdk: SENDER },
  items: [Container.of('log', texts)],
})

/** Seals envelopes for the default project, or for that of their route. */
export const seal =
  (main: Dsn.Dsn | undefined): EncodeLogs<AddressedEnvelope> =>
  (logs, to) => ({
    dsn: to._tag === 'Dsn' ? to.dsn : (main ?? Dsn.unknown),
    project: to._tag === 'Project' ? to.project : undefined,
    eventId: undefined,
    category: 'log_item',
    lossesIfDropped: [
      ['log_item', logs.texts.length],
      ['log_byte', logs.bytes],
    ],
    bytes: Envelope.encode(unaddressed(logs, to)),
    spans: 0,
    logs: logs.texts.length,
    // Filled in by the delivery.
    batch: undefined,
  })
