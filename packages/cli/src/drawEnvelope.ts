/** Prints an envelope for reading: a transaction as a tree, an error as lines, other items by type and size. */
import type { ErrorEvent } from '@sentry-exporter/core/ErrorEvent'
import type { Transaction } from '@sentry-exporter/core/Transaction'
import type { Envelope } from '@sentry-exporter/envelope/Envelope'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import { cut } from './columns.ts'
import { type Drawing, drawTransaction } from './drawTransaction.ts'
import { withoutControls } from './withoutControls.ts'

// encoding

/** The lines of an envelope that this program made. */
export const drawEnvelope = (envelope: Envelope, drawing: Drawing): ReadonlyArray<string> =>
  envelope.items.flatMap(({ header, payload }) => {
    const value: unknown = JSON.parse(Utf8.decode(payload))
    switch (header.type) {
      case 'transaction':
        // This program printed the payload from a value of this type.
        return drawTransaction(value as Transaction, drawing)
      case 'event':
        // As above.
        return drawError(value as ErrorEvent)
      default:
        return [`${header.type}  ${payload.length} bytes`]
    }
  })

const drawError = (error: ErrorEvent): ReadonlyArray<string> =>
  error.exception.values.map(({ type, value }) => {
    const shown = cut(value.replace(/\s+/g, ' '), 120)
    return withoutControls(
      `${error.level}  ${type}: ${shown}  in ${error.transaction ?? 'no transaction'}`,
    )
  })
