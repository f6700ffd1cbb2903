/** The options of a configuration that are about delivery. `docs/delivery.md` says what each does to an envelope. */
import * as Delivery from '@sentry-exporter/transport/Delivery'
import * as Overflow from '@sentry-exporter/transport/Overflow'
import * as G from '#io-ts/Guard'
import { where } from './ConfigOption.ts'

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

interface Option<A> {
  readonly key: keyof DeliveryInput
  readonly guard: G.Guard<unknown, A>
  readonly expected: string
}

type Options = {
  readonly [key in keyof DeliveryInput]-?: Option<NonNullable<DeliveryInput[key]>>
}

// decoding

const wholeFrom = (least: number): G.Guard<unknown, number> =>
  where(G.number, (number) => Number.isSafeInteger(number) && number >= least)

const number = (key: keyof DeliveryInput, least: number): Option<number> => ({
  key,
  guard: wholeFrom(least),
  expected: `a whole number from ${least}`,
})

export const options: Options = {
  timeoutMillis: number('timeoutMillis', 1),
  maxAttempts: number('maxAttempts', 1),
  retryForMillis: number('retryForMillis', 0),
  concurrency: number('concurrency', 1),
  maxQueueItems: number('maxQueueItems', 1),
  maxQueueBytes: number('maxQueueBytes', 1),
  overflow: {
    key: 'overflow',
    guard: G.literal('block', 'dropNewest', 'dropOldest'),
    expected: Overflow.modes.map((mode) => `"${mode}"`).join(', '),
  },
  sendClientReports: { key: 'sendClientReports', guard: G.boolean, expected: 'true or false' },
}

/** With what is usual in place of what was left out. `get` reads one option. */
export const decode = (get: <A>(option: Option<A>) => A | undefined): Delivery.Options => {
  const { usual } = Delivery
  return {
    timeoutMillis: get(options.timeoutMillis) ?? usual.timeoutMillis,
    retry: {
      ...usual.retry,
      maxAttempts: get(options.maxAttempts) ?? usual.retry.maxAttempts,
      maxElapsedMillis: get(options.retryForMillis) ?? usual.retry.maxElapsedMillis,
    },
    concurrency: get(options.concurrency) ?? usual.concurrency,
    maxItems: get(options.maxQueueItems) ?? usual.maxItems,
    maxBytes: get(options.maxQueueBytes) ?? usual.maxBytes,
    overflow: get(options.overflow) ?? usual.overflow,
    sendClientReports: get(options.sendClientReports) ?? usual.sendClientReports,
  }
}
