/** One line for an envelope, whoever made it. */
import type { Envelope } from '@sentry-exporter/envelope/Envelope'
import type { Item } from '@sentry-exporter/envelope/Item'
import * as E from '#fp-ts/Either'
import { drawEnvelope } from '../drawEnvelope.ts'
import { withoutControls } from '../withoutControls.ts'

// destructors

/** What is in it, item by item; an item that cannot be drawn is named by its type and size. Never throws. */
export const headline = ({ header, items }: Envelope): string =>
  items.length === 0
    ? 'an envelope without items'
    : items
        .slice(0, MAX_ITEMS)
        .map((item) => headOf(header, item))
        .concat(items.length > MAX_ITEMS ? [`${items.length - MAX_ITEMS} more`] : [])
        .join('; ')

const MAX_ITEMS = 8

const headOf = (header: Envelope['header'], item: Item): string => {
  const drawn = E.tryCatch(
    () => drawEnvelope({ header, items: [item] }, { columns: 100, children: 0 })[0],
    () => undefined,
  )
  const line = E.isRight(drawn) ? drawn.right : undefined
  return withoutControls(line ?? `${item.header.type}  ${item.payload.length} bytes`)
}
