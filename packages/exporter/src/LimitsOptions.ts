/** The options of `Config` for waiting and for sizes: every limit of `Limits` is one, by its name. */
import type * as Limits from '@sentry-exporter/core/Limits'
import { Range } from '@sentry-exporter/transport'
import * as ConfigOption from '@sentry-exporter/transport/ConfigOption'

// model

/** The options as users write them. `docs/waiting.md` describes the effect and the default of each. */
export type LimitsInput = {
  readonly [limit in keyof Limits.Limits]?: number | undefined
}

// decoding

type Options = { readonly [limit in keyof Limits.Limits]: ConfigOption.ConfigOption<number> }

const millis = ConfigOption.whole(Range.millis)

const count = ConfigOption.whole(Range.count)

/** A transaction or a head that is smaller has no space for its required fields. */
const MIN_BYTES = 10_240

/** Above it the server cuts off the last spans. */
const MAX_SPAN_BYTES = 800 * 1024

/** The server rejects events above 1 MiB. */
const MAX_HEAD_BYTES = 1024 * 1024 - MAX_SPAN_BYTES

const options: Options = ConfigOption.named({
  settleMillis: millis,
  maxWaitMillis: millis,
  lateSettleMillis: millis,
  orphanWaitMillis: millis,
  maxOrphanWaitMillis: millis,
  errorWaitMillis: millis,
  maxErrorsPerMinute: count,
  lateWindowMillis: millis,
  maxTraces: count,
  maxPendingBytes: count,
  maxSpansPerTrace: count,
  maxRememberedSpans: count,
  maxSpans: count,
  maxSpanBytes: ConfigOption.whole({ min: MIN_BYTES, max: MAX_SPAN_BYTES }),
  maxHeadBytes: ConfigOption.whole({ min: MIN_BYTES, max: MAX_HEAD_BYTES }),
  maxContextBytes: ConfigOption.whole({ min: 2_048, max: Number.MAX_SAFE_INTEGER }),
})

/** In JavaScript's spelling. */
export const KEYS: ReadonlyArray<string> = Object.keys(options)

/** `base` has the defaults. A maximum that was left out is at least the wait that it limits. */
export const decode = (get: ConfigOption.Get, base: Limits.Limits): Limits.Limits => {
  const given = Object.fromEntries(
    Object.values(options).flatMap((option) => {
      const value = get(option)
      return value === undefined ? [] : [[option.key, value]]
    }),
    // The keys are those of the options, which are those of the limits.
  ) as Partial<Limits.Limits>
  const limits = { ...base, ...given, lateSettleMillis: lateSettleMillis(given, base) }
  return {
    ...limits,
    maxWaitMillis:
      given.maxWaitMillis ??
      Math.max(base.maxWaitMillis, limits.settleMillis, limits.lateSettleMillis),
    maxOrphanWaitMillis:
      given.maxOrphanWaitMillis ?? Math.max(base.maxOrphanWaitMillis, limits.orphanWaitMillis),
  }
}

/** Late spans are gathered for at least as long as the others. */
const lateSettleMillis = (given: Partial<Limits.Limits>, base: Limits.Limits): number => {
  if (given.lateSettleMillis !== undefined) return given.lateSettleMillis
  const { settleMillis = base.settleMillis } = given
  return base.lateSettleMillis > base.settleMillis
    ? Math.max(base.lateSettleMillis, settleMillis)
    : settleMillis
}
