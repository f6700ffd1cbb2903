/**
 * What did not come through as it was, counted by reason. Losing data is not an error but a fact to count:
 * counts form a monoid, travel beside the results and end in the outcome. `docs/losses.md` explains each reason.
 */

// model

/** Every reason there is. `docs/losses.md` says of each what it costs and what to do. */
export const reasons = [
  /** A span, or the part of a request that should have held spans, could not be decoded. Costs the span. */
  'invalid',
  /** The same span came again. Costs the copy. */
  'duplicate',
  /** A span was its own ancestor: the circle was cut at its earliest span. Costs the pointer to a parent. */
  'cycle',
  /** A span said its parent was local, and it was of another service or absent. Costs nothing. */
  'flag_conflict',
  /** A value was nested too deeply. Costs the value below that depth. */
  'nested',
  /** A 64-bit integer was sent as a JSON number beyond 2^53. Costs its last digits. */
  'rounded',
  /** A span ended before it started, or had no end: it ends where it starts. Costs the time it gave. */
  'time',
  /** More span events than a transaction takes as breadcrumbs. Costs the oldest. */
  'event',
  /** A span, or the head of a transaction, was too large. Costs its largest values. */
  'trimmed',
  /** The server would have refused a field: characters or a length were mended. Costs what was mended. */
  'field',
  /** A transaction lay outside of the time that the server takes: it was moved. Costs when it happened. */
  'moved',
  /** A hook dropped it, its transaction, or the entry of its segment. Costs the span. */
  'before_send',
  /** A hook dropped an error. Costs the error. */
  'before_send_error',
  /** Its trace was not among those that are kept. Costs the span. */
  'sampled',
  /** Sentry could not be reached, or did not answer in time. Costs what the envelope held. */
  'network_error',
  /** Sentry answered and did not take an envelope. Costs what the envelope held. */
  'send_error',
  /** Sentry answered that it takes no more for now. Costs what the envelope held. */
  'rate_limited',
  /** It was given to an exporter that had been shut down. Costs the span. */
  'shutdown',
] as const

export type Reason = (typeof reasons)[number]

export type Losses = { readonly [reason in Reason]?: number }

// constructors

export const empty: Losses = {}

export const of = (reason: Reason, count = 1): Losses => (count === 0 ? empty : { [reason]: count })

// guards

/** Whether a loss for this reason takes a whole span out of the books. */
export const costsSpan = (reason: Reason): boolean => COSTS_SPAN.has(reason)

const COSTS_SPAN: ReadonlySet<Reason> = new Set<Reason>([
  'before_send',
  'duplicate',
  'invalid',
  'network_error',
  'rate_limited',
  'sampled',
  'send_error',
  'shutdown',
])

// combinators

/** Associative and commutative, with `empty` as its unit. The reasons come out in alphabetical order. */
export const concat = (a: Losses, b: Losses): Losses => {
  if (a === empty) return b
  if (b === empty) return a
  const sum: { [reason in Reason]?: number } = {}
  for (const [reason] of entries({ ...a, ...b })) sum[reason] = (a[reason] ?? 0) + (b[reason] ?? 0)
  return sum
}

export const concatAll = (all: ReadonlyArray<Losses>): Losses => all.reduce(concat, empty)

// destructors

/** In alphabetical order, so that a report of the same losses reads the same. */
export const entries = (losses: Losses): ReadonlyArray<readonly [Reason, number]> =>
  Object.entries(losses)
    // Object.entries forgets the key type; a Losses has no other keys.
    .map(([reason, count]) => [reason as Reason, count] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))

/** Whole spans that were lost. */
export const spans = (losses: Losses): number =>
  entries(losses).reduce((sum, [reason, count]) => (costsSpan(reason) ? sum + count : sum), 0)
