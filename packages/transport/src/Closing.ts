/** Tells those who wait that it is over: a switch that goes one way. */
import type * as IO from '#fp-ts/IO'

// model

export interface Closing {
  readonly isClosed: IO.IO<boolean>
  /** Calls back once, at closing; at once if that was before. What it gives back calls it off. */
  readonly onClose: (ring: IO.IO<void>) => IO.IO<void>
  readonly close: IO.IO<void>
}

// constructors

export const make = (): Closing => {
  const rings = new Set<IO.IO<void>>()
  let isClosed = false
  return {
    isClosed: () => isClosed,
    onClose: (ring) => {
      if (isClosed) {
        ring()
        return () => undefined
      }
      const own = (): void => ring()
      rings.add(own)
      return () => {
        rings.delete(own)
      }
    },
    close: () => {
      isClosed = true
      const called = [...rings]
      rings.clear()
      for (const ring of called) ring()
    },
  }
}

/** Never closes. */
export const never: Closing = {
  isClosed: () => false,
  onClose: () => () => undefined,
  close: () => undefined,
}
