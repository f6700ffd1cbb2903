/** One line for any envelope. */
import type { Envelope } from '@sentry-exporter/envelope/Envelope'
import type { Item } from '@sentry-exporter/envelope/Item'
import * as E from '#fp-ts/Either'
import { drawEnvelope } from '../drawEnvelope.ts'
import { withoutControls } from '../withoutControls.ts'

const MAX_ITEMS = 8

// encoding

/** The items of an envelope. An item that cannot be printed is described by its type and size. Never throws. */
export const headline = ({ header, items }: Envelope): string =>
  items.length === 0
    ? 'an envelope without items'
    : items
        .slice(0, MAX_ITEMS)
        .map((item) => headOf(header, item))
        .concat(items.length > MAX_ITEMS ? [`${items.length - MAX_ITEMS} more`] : [])
        .join('; ')

const headOf = (header: Envelope['header'], item: Item): string => {
  const drawn = E.tryCatch(
    () => {
      const [first, ...others] = drawEnvelope(
        { header, items: [item] },
        { columns: 100, children: 0 },
      )
      return item.header.type === 'trace_metric' ? withMetrics(first, others) : first
    },
    () => undefined,
  )
  const line = E.isRight(drawn) ? drawn.right : undefined
  return withoutControls(line ?? `${item.header.type}  ${item.payload.length} bytes`)
}

/** `2 metrics: counter orders 3, gauge size 2 byte`. */
const withMetrics = (first: string | undefined, others: ReadonlyArray<string>): string =>
  [first, others.map((line) => line.trim().replace(/ +/g, ' ')).join(', ')]
    .filter((part) => part !== '')
    .join(': ')
