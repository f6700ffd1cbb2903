/**
 * What did not come through as it was, counted by reason. Losing data is not an error but a fact to count:
 * counts form a monoid, travel beside the results and end in the outcome. `docs/losses.md` explains each reason.
 */

// model

/** Every reason there is. `docs/losses.md` says of each what it costs and what to do. */
export const reasons = [
  /** A span, or the part of a request that should have held spans, could not be decoded. Costs the span. */
  'invalid',
  /** A log record, or the part of a request that should have held some, could not be decoded. Costs the record. */
  'invalid_record',
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
  /** An exception had been recorded before, by a span around or beside. Costs the copy. */
  'error_copy',
  /** An exception did not fail its span, or errors are switched off. It is a breadcrumb: costs an error of its own. */
  'error_breadcrumb',
  /** An exception is one of those to ignore. Costs the exception. */
  'error_ignored',
  /** More errors of one kind than are sent in a minute. Costs the error. */
  'error_limit',
  /** A log record that is no error: it holds no exception, or one that failed nothing. Costs the record. */
  'log_record',
  /** A span, an error, or the head of a transaction, was too large. Costs its largest values. */
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
  /** Transactions are switched off. Costs the span. */
  'transactions_off',
  /** Not sent: Sentry had said that it takes nothing of its kind for now. Costs what the envelope held. */
  'ratelimit_backoff',
  /** Not sent: too much was waiting. Costs what the envelope held. */
  'queue_overflow',
  /** It was given to an exporter that had been shut down, or waited for its turn then. Costs the span. */
  'shutdown',
] as const

export type Reason = (typeof reasons)[number]

export type Losses = { readonly [reason in Reason]?: number }

// constructors

export const empty: Losses = {}

export const of = (reason: Reason, count = 1): Losses => (count === 0 ? empty : { [reason]: count })

/** Of several reasons at once; those of zero are none. */
export const ofCounts = (counts: { readonly [reason in Reason]?: number }): Losses => {
  // hot: once for each transaction, which mostly costs nothing.
  for (const reason in counts) {
    // There are no other keys.
    if (counts[reason as Reason] !== 0) {
      return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0))
    }
  }
  return empty
}

// guards

/** Whether a loss for this reason takes a whole span out of the books. */
export const costsSpan = (reason: Reason): boolean => COSTS_SPAN.has(reason)

const COSTS_SPAN: ReadonlySet<Reason> = new Set<Reason>([
  'before_send',
  'duplicate',
  'invalid',
  'network_error',
  'queue_overflow',
  'rate_limited',
  'ratelimit_backoff',
  'sampled',
  'send_error',
  'shutdown',
  'transactions_off',
])

/** Whether what it costs is told elsewhere, so that nothing is missing for this reason. */
export const isMerged = (reason: Reason): boolean => FOLDED.has(reason)

const FOLDED: ReadonlySet<Reason> = new Set<Reason>(['duplicate', 'error_breadcrumb', 'error_copy'])

// combinators

/** Associative and commutative, with `empty` as its unit. The reasons come out in alphabetical order. */
export const concat = (a: Losses, b: Losses): Losses => {
  if (a === empty) return b
  if (b === empty) return a
  const sum: { [reason in Reason]?: number } = {}
  for (const reason of IN_ORDER) {
    const count = (a[reason] ?? 0) + (b[reason] ?? 0)
    if (count > 0) sum[reason] = count
  }
  return sum
}

const IN_ORDER: ReadonlyArray<Reason> = [...reasons].sort()

export const concatAll = (all: ReadonlyArray<Losses>): Losses => all.reduce(concat, empty)

// destructors

/** In alphabetical order, so that a report of the same losses reads the same. */
export const entries = (losses: Losses): ReadonlyArray<readonly [Reason, number]> =>
  IN_ORDER.flatMap((reason) => {
    const count = losses[reason]
    return count === undefined ? [] : [[reason, count] as const]
  })

/** `nothing lost`, or what was, with how much; then what was folded away. */
export const show = (losses: Losses): string => {
  const list = (folded: boolean): string =>
    entries(losses)
      .filter(([reason]) => isMerged(reason) === folded)
      .map(([reason, count]) => `${reason} ${count}`)
      .join(', ')
  const [lost, folded] = [list(false), list(true)]
  return `${lost === '' ? 'nothing lost' : `lost or mended: ${lost}`}${folded === '' ? '' : `, folded: ${folded}`}`
}

/** Whole spans that were lost. */
export const spans = (losses: Losses): number =>
  entries(losses).reduce((sum, [reason, count]) => (costsSpan(reason) ? sum + count : sum), 0)
