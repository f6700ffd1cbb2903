/** Time and chance, as arguments: whoever waits or rolls dice takes them from here. */
import type * as IO from '#fp-ts/IO'
import type * as T from '#fp-ts/Task'

// model

export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: IO.IO<number>
  readonly sleep: (millis: number) => T.Task<void>
  /**
   * Rings once after this many milliseconds, unless it is called off by what it gives back. Only one that is told to keeps
   * a process alive until it rings.
   */
  readonly setTimer: (millis: number, ring: IO.IO<void>, keepsAlive?: boolean) => IO.IO<void>
  /** At least 0, less than 1. */
  readonly random: IO.IO<number>
}
