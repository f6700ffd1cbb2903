/**
 * The newest of what came, for those who look later. Bounded in number and in bytes; the oldest is forgotten first.
 *
 * Law: what is kept are the last of all that were added, in their order, within both limits.
 */

// model

export interface Kept<A> {
  readonly value: A
  /** What it takes in memory, about. */
  readonly bytes: number
}

export interface Replay<A> {
  readonly kept: ReadonlyArray<Kept<A>>
  /** The number of the first that is kept; the first ever added has 0. */
  readonly first: number
  /** Of all that are kept. */
  readonly bytes: number
}

export interface Limits {
  readonly entries: number
  readonly bytes: number
}

// constructors

export const empty: Replay<never> = { kept: [], first: 0, bytes: 0 }

// combinators

/** One that is larger than all that may be kept is forgotten at once, with all before it. */
export const add =
  (limits: Limits) =>
  <A>({ kept, first, bytes }: Replay<A>, entry: Kept<A>): Replay<A> => {
    const all = [...kept, entry]
    let forgotten = 0
    let sum = bytes + entry.bytes
    while (all.length - forgotten > limits.entries || sum > limits.bytes) {
      sum -= all[forgotten]?.bytes ?? 0
      forgotten++
    }
    return { kept: all.slice(forgotten), first: first + forgotten, bytes: sum }
  }

/** Forgets all. The numbers go on. */
export const clear = <A>(replay: Replay<A>): Replay<A> => ({ ...empty, first: end(replay) })

// destructors

/** The number that the next one gets. */
export const end = <A>({ kept, first }: Replay<A>): number => first + kept.length

/** The oldest that is kept from a number on, and its own number. */
export const from = <A>(
  { kept, first }: Replay<A>,
  wanted: number,
): { readonly entry: Kept<A>; readonly number: number } | undefined => {
  const number = Math.max(wanted, first)
  const entry = kept[number - first]
  return entry === undefined ? undefined : { entry, number }
}
