/**
 * A point in time as Sentry reads it: seconds since 1970 as a number, or an RFC 3339 text. Milliseconds are not
 * detected: they are a date far in the future. Source: `relay-event-schema/src/protocol/types.rs` of getsentry/relay.
 */

// model

export type Reading =
  | { readonly _tag: 'At'; readonly seconds: number }
  | { readonly _tag: 'Absent' }
  | { readonly _tag: 'Negative' }

// decoding

/** An unreadable value is removed, and so absent. */
export const read = (value: unknown): Reading => {
  if (typeof value === 'number' && Number.isFinite(value)) return of(value)
  return typeof value === 'string' && RFC_3339.test(value) && !Number.isNaN(Date.parse(value))
    ? of(Date.parse(value) / 1000)
    : { _tag: 'Absent' }
}

const of = (seconds: number): Reading =>
  seconds < 0 ? { _tag: 'Negative' } : { _tag: 'At', seconds }

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/
