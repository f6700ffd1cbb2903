/**
 * What is done when more comes than may wait, as a pure decision. Errors go first: none is dropped for anything else, and
 * for an error something else makes room.
 */

// model

/**
 * `block` drops nothing: what is given waits until it is its turn, and whoever gives faster than is sent must wait for the
 * answers. `dropOldest` and `dropNewest` hold to the bounds whatever is given.
 */
export type Overflow = 'block' | 'dropOldest' | 'dropNewest'

export const modes: ReadonlyArray<Overflow> = ['block', 'dropNewest', 'dropOldest']

export interface Bounds {
  readonly maxItems: number
  readonly maxBytes: number
}

/** What waits. */
export interface Load {
  readonly items: number
  readonly bytes: number
}

export type Step = 'take' | 'refuse' | 'evictOldest' | 'evictNewest'

// guards

export const isFull =
  ({ maxItems, maxBytes }: Bounds) =>
  ({ items, bytes }: Load): boolean =>
    items >= maxItems || bytes >= maxBytes

// destructors

/**
 * The next step for what comes: to take or refuse it, or to drop something that waits and ask again. Evicted is something
 * other than an error, and an error only where nothing else waits.
 */
export const step =
  (mode: Overflow, bounds: Bounds) =>
  (
    load: Load,
    waiting: { readonly errors: number; readonly others: number },
    isError: boolean,
  ): Step => {
    if (mode === 'block' || !isFull(bounds)(load) || load.items === 0) return 'take'
    if (waiting.others > 0) {
      if (mode === 'dropOldest') return 'evictOldest'
      return isError ? 'evictNewest' : 'refuse'
    }
    return mode === 'dropOldest' && isError ? 'evictOldest' : 'refuse'
  }
