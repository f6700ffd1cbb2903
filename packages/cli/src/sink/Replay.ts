/**
 * The newest entries, for pages that open later. Bounded in number and in bytes; the oldest entry is removed first.
 *
 * Law: the kept entries are the last ones added, in their order, within both limits.
 */

// model

export interface ReplayEntry<A> {
  readonly value: A
  /** About what the value takes in memory. */
  readonly bytes: number
}

export interface Replay<A> {
  readonly kept: ReadonlyArray<ReplayEntry<A>>
  /** The number of the first kept entry. Numbers count all entries that were added, from 0. */
  readonly first: number
  /** The sum over the kept entries. */
  readonly bytes: number
}

export interface ReplayLimits {
  readonly entries: number
  readonly bytes: number
}

// constructors

export const empty: Replay<never> = { kept: [], first: 0, bytes: 0 }

// transformations

/** Adds an entry. An entry above the limit of bytes is removed at once, with all before it. */
export const add =
  (limits: ReplayLimits) =>
  <A>({ kept, first, bytes }: Replay<A>, entry: ReplayEntry<A>): Replay<A> => {
    const all = [...kept, entry]
    let removed = 0
    let sum = bytes + entry.bytes
    while (all.length - removed > limits.entries || sum > limits.bytes) {
      sum -= all[removed]?.bytes ?? 0
      removed++
    }
    return { kept: all.slice(removed), first: first + removed, bytes: sum }
  }

/** Removes all entries. The numbers continue. */
export const clear = <A>(replay: Replay<A>): Replay<A> => ({ ...empty, first: end(replay) })

// folds

/** The number of the next entry. */
export const end = <A>({ kept, first }: Replay<A>): number => first + kept.length

/** The oldest kept entry with at least this number, and its number. */
export const from = <A>(
  { kept, first }: Replay<A>,
  wanted: number,
): { readonly entry: ReplayEntry<A>; readonly number: number } | undefined => {
  const number = Math.max(wanted, first)
  const entry = kept[number - first]
  return entry === undefined ? undefined : { entry, number }
}
