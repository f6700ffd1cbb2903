/** The options of a configuration that are about delivery. `docs/delivery.md` says what each does to an envelope. */
import * as Delivery from '@sentry-exporter/transport/Delivery'
import * as Overflow from '@sentry-exporter/transport/Overflow'
import * as G from '#io-ts/Guard'
import { boolean, type ConfigOption, type Get, wholeFrom } from './ConfigOption.ts'

// model

/** As people write them. */
export interface DeliveryInput {
  /** For one attempt; 30,000 if left out. */
  readonly timeoutMillis?: number
  /** Attempts for one envelope, with the first; 8 if left out, 1 for no retry. */
  readonly maxAttempts?: number
  /** No attempt starts later than this after the first; 120,000 if left out. */
  readonly retryForMillis?: number
  /** Most requests to one DSN at a time; 8 if left out. */
  readonly concurrency?: number
  /** Most envelopes that wait for one DSN; 100,000 if left out. */
  readonly maxQueueItems?: number
  /** Most bytes of envelopes that wait for one DSN; 64 MiB if left out. */
  readonly maxQueueBytes?: number
  /** What is dropped when more comes: the oldest, if left out. */
  readonly overflow?: Overflow.Overflow
  /** Whether Sentry is told what was lost, for its statistics; yes, if left out. */
  readonly sendClientReports?: boolean
}

type Options = {
  readonly [key in keyof DeliveryInput]-?: ConfigOption<NonNullable<DeliveryInput[key]>>
}

// decoding

export const options: Options = {
  timeoutMillis: wholeFrom('timeoutMillis', 1),
  maxAttempts: wholeFrom('maxAttempts', 1),
  retryForMillis: wholeFrom('retryForMillis', 0),
  concurrency: wholeFrom('concurrency', 1),
  maxQueueItems: wholeFrom('maxQueueItems', 1),
  maxQueueBytes: wholeFrom('maxQueueBytes', 1),
  overflow: {
    key: 'overflow',
    guard: G.literal('block', 'dropNewest', 'dropOldest'),
    expected: Overflow.modes.map((mode) => `"${mode}"`).join(', '),
  },
  sendClientReports: boolean('sendClientReports'),
}

/** With what is usual in place of what was left out. `get` reads one option. */
export const decode = (get: Get): Delivery.Options => {
  const { defaults } = Delivery
  return {
    timeoutMillis: get(options.timeoutMillis) ?? defaults.timeoutMillis,
    retry: {
      ...defaults.retry,
      maxAttempts: get(options.maxAttempts) ?? defaults.retry.maxAttempts,
      maxElapsedMillis: get(options.retryForMillis) ?? defaults.retry.maxElapsedMillis,
    },
    concurrency: get(options.concurrency) ?? defaults.concurrency,
    maxItems: get(options.maxQueueItems) ?? defaults.maxItems,
    maxBytes: get(options.maxQueueBytes) ?? defaults.maxBytes,
    overflow: get(options.overflow) ?? defaults.overflow,
    sendClientReports: get(options.sendClientReports) ?? defaults.sendClientReports,
  }
}
