/**
 * The pure decision of a queue at its bounds: which envelope is dropped. Errors have priority: no error is dropped for another
 * envelope, and other envelopes are dropped for an error.
 *
 * @example
 * ```ts
 * import { Overflow } from '@sentry-exporter/transport'
 *
 * const step = Overflow.step('dropOldest', { maxItems: 2, maxBytes: 1_000_000 })
 * console.log(step({ items: 2, bytes: 900 }, { errors: 1, others: 1 }, false)) // evictOldest
 * ```
 */

// model

/**
 * `block` drops nothing: every envelope waits for its turn, and a caller that is faster than the server has to wait for the
 * results. `dropOldest` and `dropNewest` keep to the bounds.
 */
export type Overflow = 'block' | 'dropOldest' | 'dropNewest'

export const modes: ReadonlyArray<Overflow> = ['block', 'dropNewest', 'dropOldest']

export interface Bounds {
  readonly maxItems: number
  readonly maxBytes: number
}

/** The number of waiting envelopes, and their size. */
export interface Load {
  readonly items: number
  readonly bytes: number
}

export type OverflowStep = 'take' | 'refuse' | 'evictOldest' | 'evictNewest'

// guards

export const isFull =
  ({ maxItems, maxBytes }: Bounds) =>
  ({ items, bytes }: Load): boolean =>
    items >= maxItems || bytes >= maxBytes

// folds

/**
 * The next step for a new envelope: take it, refuse it, or evict a waiting envelope and ask again. The evicted envelope is
 * not an error, unless only errors wait.
 */
export const step =
  (mode: Overflow, bounds: Bounds) =>
  (
    load: Load,
    waiting: { readonly errors: number; readonly others: number },
    isError: boolean,
  ): OverflowStep => {
    if (mode === 'block' || !isFull(bounds)(load) || load.items === 0) return 'take'
    if (waiting.others > 0) {
      if (mode === 'dropOldest') return 'evictOldest'
      return isError ? 'evictNewest' : 'refuse'
    }
    return mode === 'dropOldest' && isError ? 'evictOldest' : 'refuse'
  }
