/**
 * Limits that Sentry announces. Source: `relay-server/src/utils/rate_limits.rs`,
 * `relay-base-schema/src/data_category.rs` of getsentry/relay; `rate-limiting.mdx` of getsentry/sentry-docs.
 */

// model

export interface RateLimit {
  /** All categories if it is empty. */
  readonly categories: ReadonlyArray<string>
  readonly untilMillis: number
  readonly scope: 'organization' | 'project' | 'key'
  readonly reason?: string
}

// constructors

/** The categories that an item counts in; none for a type that Sentry does not know. */
export const categoriesOf = (itemType: string): ReadonlyArray<string> =>
  CATEGORIES.get(itemType) ?? []

// guards

/** A limit of one of its categories holds an item back. A client report is held back only by a limit on everything. */
export const covers =
  (own: ReadonlyArray<string>) =>
  ({ categories }: RateLimit): boolean =>
    categories.length === 0 ||
    own.some((category) => category !== 'internal' && categories.includes(category))

// encoding

/** `X-Sentry-Rate-Limits` and `Retry-After`; empty where nothing is limited. */
export const toHeaders = (
  limits: ReadonlyArray<RateLimit>,
  nowMillis: number,
): Readonly<Record<string, string>> => {
  if (limits.length === 0) return {}
  const seconds = limits.map(({ untilMillis }) =>
    Math.min(MAX_SECONDS, Math.ceil((untilMillis - nowMillis) / 1000)),
  )
  return {
    'retry-after': String(Math.max(...seconds)),
    'x-sentry-rate-limits': limits
      .map(({ categories, scope, reason }, index) =>
        [
          seconds[index],
          categories.join(';'),
          scope,
          ...(reason === undefined ? [] : [reason]),
        ].join(':'),
      )
      .join(', '),
  }
}

/** Sentry announces no limit longer than five minutes. */
const MAX_SECONDS = 300

const CATEGORIES: ReadonlyMap<string, ReadonlyArray<string>> = new Map([
  ['attachment', ['attachment']],
  ['check_in', ['monitor']],
  ['client_report', ['internal']],
  ['event', ['error']],
  ['feedback', ['feedback']],
  ['log', ['log_item', 'log_byte']],
  ['profile', ['profile']],
  ['profile_chunk', ['profile_chunk']],
  ['replay_event', ['replay']],
  ['replay_recording', ['replay']],
  ['replay_video', ['replay']],
  ['session', ['session']],
  ['sessions', ['session']],
  ['span', ['span']],
  ['trace_metric', ['trace_metric', 'trace_metric_byte']],
  ['transaction', ['transaction']],
  ['user_report', ['default']],
])
