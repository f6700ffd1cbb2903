/** The limit of repeated messages, as a pure decision: the first one of a kind is logged, the others of a window are counted. */

// model

export interface RepeatLimit {
  readonly kinds: ReadonlyMap<string, RepeatWindow>
}

interface RepeatWindow {
  readonly untilMillis: number
  readonly suppressed: number
}

export interface RepeatDecision {
  readonly state: RepeatLimit
  readonly isLogged: boolean
  /** Messages of the kind that were not logged since the last one that was. */
  readonly suppressed: number
}

const WINDOW_MILLIS = 60_000

/** Kinds that are remembered. Above it, those whose window has passed are forgotten. */
const MAX_KINDS = 1_000

// constructors

export const empty: RepeatLimit = { kinds: new Map() }

// transformations

export const step = ({ kinds }: RepeatLimit, kind: string, nowMillis: number): RepeatDecision => {
  const known = kinds.get(kind)
  const isLogged = known === undefined || nowMillis >= known.untilMillis
  const next: RepeatWindow = isLogged
    ? { untilMillis: nowMillis + WINDOW_MILLIS, suppressed: 0 }
    : { untilMillis: known.untilMillis, suppressed: known.suppressed + 1 }
  const kept =
    kinds.size < MAX_KINDS
      ? kinds
      : new Map([...kinds].filter(([, { untilMillis }]) => untilMillis > nowMillis))
  return {
    state: { kinds: new Map([...kept, [kind, next]]) },
    isLogged,
    suppressed: isLogged ? (known?.suppressed ?? 0) : 0,
  }
}
