/** Prints an envelope for reading: a transaction as a tree, errors, logs and metrics as lines, other items by type and size. */
import type { LogItem, MetricItem } from '@sentry-exporter/core'
import type { ErrorEvent } from '@sentry-exporter/core/ErrorEvent'
import type { Transaction } from '@sentry-exporter/core/Transaction'
import type { Envelope } from '@sentry-exporter/envelope/Envelope'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import { cut } from './columns.ts'
import { drawMetrics } from './drawMetrics.ts'
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
      case 'log':
        // As above.
        return drawLogs((value as { readonly items: ReadonlyArray<LogItem.LogItem> }).items)
      case 'trace_metric':
        // As above.
        return drawMetrics(
          (value as { readonly items: ReadonlyArray<MetricItem.MetricItem> }).items,
        )
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

/** Further logs of an envelope are counted. */
const MAX_LOGS = 6

const drawLogs = (logs: ReadonlyArray<LogItem.LogItem>): ReadonlyArray<string> => [
  `${logs.length} ${logs.length === 1 ? 'log' : 'logs'}`,
  ...logs
    .slice(0, MAX_LOGS)
    .map(({ level, body }) =>
      withoutControls(`  ${level.padEnd(5)}  ${cut(body.replace(/\s+/g, ' '), 120)}`),
    ),
  ...(logs.length > MAX_LOGS ? [`  and ${logs.length - MAX_LOGS} more`] : []),
]
