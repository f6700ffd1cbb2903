/** The options of `Config` for delivery. `docs/delivery.md` describes the effect of each on an envelope. */

import { Overflow, Range } from '@sentry-exporter/transport'
import {
  boolean,
  type ConfigOption,
  type Get,
  named,
  whole,
} from '@sentry-exporter/transport/ConfigOption'
import * as Delivery from '@sentry-exporter/transport/Delivery'
import * as G from '#io-ts/Guard'

// model

/** The options as users write them. */
export interface DeliveryInput {
  /** Time limit of one attempt; 30,000 if left out. */
  readonly timeoutMillis?: number | undefined
  /** Maximum number of attempts for an envelope, including the first; 8 if left out, 1 for no retry. */
  readonly maxAttempts?: number | undefined
  /** No attempt starts later than this after the first; 120,000 if left out. */
  readonly retryForMillis?: number | undefined
  /** Whether logs and metrics are also repeated if the server may have taken them, which makes copies; false if left out. */
  readonly mayDuplicateItems?: boolean | undefined
  /** Maximum number of simultaneous requests to one DSN; 8 if left out. */
  readonly concurrency?: number | undefined
  /** Maximum number of envelopes that wait for one DSN; 100,000 if left out. */
  readonly maxQueueItems?: number | undefined
  /** Maximum bytes of envelopes that wait for one DSN; 64 MiB if left out. */
  readonly maxQueueBytes?: number | undefined
  /** Drops the oldest envelopes of a full queue if left out. */
  readonly overflow?: Overflow.Overflow | undefined
  /** Whether losses are reported to Sentry, for its statistics; true if left out. */
  readonly sendClientReports?: boolean | undefined
}

type Options = {
  readonly [key in keyof DeliveryInput]-?: ConfigOption<NonNullable<DeliveryInput[key]>>
}

// decoding

export const options: Options = named({
  timeoutMillis: whole(Range.timeLimit),
  maxAttempts: whole(Range.count),
  retryForMillis: whole(Range.millis),
  mayDuplicateItems: boolean,
  concurrency: whole(Range.count),
  maxQueueItems: whole(Range.count),
  maxQueueBytes: whole(Range.count),
  overflow: {
    guard: G.literal('block', 'dropNewest', 'dropOldest'),
    expected: Overflow.modes.map((mode) => `"${mode}"`).join(', '),
  },
  sendClientReports: boolean,
})

/** Options that were left out have their defaults. `get` reads one option. */
export const decode = (get: Get): Delivery.Options => {
  const { defaults } = Delivery
  return {
    timeoutMillis: get(options.timeoutMillis) ?? defaults.timeoutMillis,
    retry: {
      ...defaults.retry,
      maxAttempts: get(options.maxAttempts) ?? defaults.retry.maxAttempts,
      maxElapsedMillis: get(options.retryForMillis) ?? defaults.retry.maxElapsedMillis,
      mayDuplicate: get(options.mayDuplicateItems) ?? defaults.retry.mayDuplicate,
    },
    concurrency: get(options.concurrency) ?? defaults.concurrency,
    maxItems: get(options.maxQueueItems) ?? defaults.maxItems,
    maxBytes: get(options.maxQueueBytes) ?? defaults.maxBytes,
    overflow: get(options.overflow) ?? defaults.overflow,
    sendClientReports: get(options.sendClientReports) ?? defaults.sendClientReports,
  }
}
