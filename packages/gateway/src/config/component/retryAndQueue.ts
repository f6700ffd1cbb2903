/**
 * The blocks `retry_on_failure` and `sending_queue`. Each key sets what it names; keys that are left out keep the defaults of
 * this project. Source: `exporter/exporterhelper` and `config/configretry` of open-telemetry/opentelemetry-collector.
 */
import { Range } from '@sentry-exporter/transport'
import type * as Delivery from '@sentry-exporter/transport/Delivery'
import * as ConfigProblem from '../ConfigProblem.ts'
import { type Codec, checked, mapWith, optional, withDefault } from '../codec/Codec.ts'
import { struct, withoutEffect } from '../codec/collections.ts'
import { boolean, duration, oneOf, whole } from '../codec/scalars.ts'

// model

/** Changes the options of the delivery. */
export type ChangeDelivery = (options: Delivery.Options) => Delivery.Options

// decoding

const JITTER = 'each wait is a random part of its bound, and the bounds double'

/** The Collector's retries end by time, not by a number of attempts; a time of 0 is no end. */
export const retryOnFailure: Codec<ChangeDelivery> = mapWith(
  struct({
    enabled: withDefault(boolean, true),
    initial_interval: optional(duration()),
    max_interval: optional(duration()),
    max_elapsed_time: optional(duration()),
    randomization_factor: withoutEffect('note', JITTER),
    multiplier: withoutEffect('note', JITTER),
  }),
  (fields) => (options) => {
    const { retry } = options
    const end = fields.max_elapsed_time
    return {
      ...options,
      retry: {
        ...retry,
        maxAttempts: maxAttempts(fields.enabled, end, retry.maxAttempts),
        maxElapsedMillis: end === 0 ? Range.millis.max : (end ?? retry.maxElapsedMillis),
        firstWaitMillis: fields.initial_interval ?? retry.firstWaitMillis,
        longestWaitMillis: fields.max_interval ?? retry.longestWaitMillis,
      },
    }
  },
)

const maxAttempts = (enabled: boolean, end: number | undefined, given: number): number => {
  if (!enabled) return 1
  return end === undefined ? given : Range.count.max
}

const REFUSES = 'a receiver refuses requests while the queue is full, and senders repeat them'

/** Our queue holds envelopes: one for each transaction, each error, and each group of logs. */
export const sendingQueue: Codec<ChangeDelivery> = mapWith(
  checked(
    struct({
      enabled: withDefault(boolean, true),
      num_consumers: optional(whole(Range.count)),
      queue_size: optional(whole(Range.count)),
      sizer: withDefault(oneOf('requests', 'items', 'bytes'), 'requests'),
      block_on_overflow: withoutEffect('note', REFUSES),
      wait_for_result: withoutEffect('note', 'a request is answered when its spans are accepted'),
      storage: withoutEffect('warning', 'the queue is in memory only'),
      batch: withoutEffect('note', 'an envelope holds one transaction or one error'),
    }),
    ({ enabled }, at) =>
      enabled
        ? []
        : [
            ConfigProblem.warning(at, {
              _tag: 'NoEffect',
              reason:
                'enabled: false; spans always wait for the rest of their trace, and envelopes in a queue',
            }),
          ],
  ),
  ({ num_consumers: concurrency, queue_size: size, sizer }) =>
    (options) => ({
      ...options,
      concurrency: concurrency ?? options.concurrency,
      maxItems: sizer === 'bytes' ? options.maxItems : (size ?? options.maxItems),
      maxBytes: sizer === 'bytes' ? (size ?? options.maxBytes) : options.maxBytes,
    }),
)
