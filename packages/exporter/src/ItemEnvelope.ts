/**
 * The envelope of several items of one kind: logs, or metrics. It belongs to no trace: its items may be of many.
 *
 * @example
 * ```ts
 * import * as Dsn from '@sentry-exporter/envelope/Dsn'
 * import { ItemEnvelope } from '@sentry-exporter/exporter'
 *
 * const dsn = Dsn.parse('https://key@sentry.example.com/42')
 * if (dsn._tag === 'Right') {
 *   const log = { before: '{"body":"a"', shared: { text: '' }, after: '}' }
 *   const logs = { kind: 'log', items: [log, log], bytes: 2 } as const
 *   const envelope = ItemEnvelope.seal(dsn.right)(logs, { _tag: 'Default' })
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
import type { EnvelopeMeta } from '@sentry-exporter/envelope/Sealed'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as WellFormed from '@sentry-exporter/envelope/WellFormed'
import type { AddressedEnvelope } from './EventEnvelope.ts'
import * as ItemKind from './ItemKind.ts'
import type { Destination } from './Routing.ts'

// model

/** The items of one envelope. */
export interface PrintedItems {
  readonly kind: ItemKind.ItemKind
  readonly items: ReadonlyArray<ItemText.ItemText>
  /** As the server counts them for the category of bytes: `log_byte`, `trace_metric_byte`. */
  readonly bytes: number
}

/** Makes the envelope of some items. */
export type EncodeItems<A> = (items: PrintedItems, to: Destination) => A

const SENDER = { name: sdk.name, version: sdk.version }

// encoding

/** An envelope that belongs to no project yet. */
export const unaddressed: EncodeItems<Envelope.Envelope<Item.Content>> = ({ items, kind }) => {
  const shared = new Map<ItemText.SharedText, Utf8.Slice>()
  const values = items.map(({ before, shared: one, after }): Container.ContainerValue => {
    if (one.text === '') return before + after
    const encoded = shared.get(one) ?? Utf8.slice(WellFormed.repair(one.text))
    shared.set(one, encoded)
    return [before, encoded, after]
  })
  return { header: { sdk: SENDER }, items: [Container.of(kind, values)] }
}

/** Seals envelopes for the default project, or for that of their route. */
export const seal =
  (main: Dsn.Dsn | undefined): EncodeItems<AddressedEnvelope> =>
  (group, to) => ({
    dsn: to._tag === 'Dsn' ? to.dsn : (main ?? Dsn.unknown),
    project: to._tag === 'Project' ? to.project : undefined,
    eventId: undefined,
    ...contentsOf(group),
    bytes: Envelope.encode(unaddressed(group, to)),
    // Filled in by the delivery.
    batch: undefined,
  })

// folds

/** The contents of the envelope of some items, and the losses if it is dropped. */
export const contentsOf = ({
  kind,
  items,
  bytes,
}: PrintedItems): Pick<
  EnvelopeMeta,
  'category' | 'lossesIfDropped' | 'logs' | 'metrics' | 'spans'
> => {
  const { byteCategory, category, countedAs } = ItemKind.factsOf[kind]
  return {
    category,
    lossesIfDropped: [
      [category, items.length],
      [byteCategory, bytes],
    ],
    spans: 0,
    [countedAs]: items.length,
  }
}
