/** Waiting for an `AbortSignal`, and aborting, without the types of any runtime. */
import type { Cancel } from '../Clock.ts'

// model

/** The members of the web's `AbortSignal` that are used. Every runtime has the class; every instance of it fits. */
export interface AbortSignalLike {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

export interface Aborter {
  readonly signal: AbortSignalLike
  abort(): void
}

// constructors

/** Every runtime has it; declared here since this package knows no runtime. */
declare const AbortController: { new (): Aborter }

/** For one attempt: a transport may give its signal to the platform. */
export const aborter = (): Aborter => new AbortController()

/**
 * For more than one attempt, without an object of the platform: in Workers those of one request cannot be used in another
 * (`Cannot perform I/O on behalf of a different request`).
 */
export const lastingAborter = (): Aborter => {
  const listeners = new Set<() => void>()
  let aborted = false
  return {
    signal: {
      get aborted() {
        return aborted
      },
      addEventListener: (_type, listener) => void listeners.add(listener),
      removeEventListener: (_type, listener) => void listeners.delete(listener),
    },
    abort: () => {
      if (aborted) return
      aborted = true
      for (const listener of [...listeners]) listener()
      listeners.clear()
    },
  }
}

// running

/**
 * Calls `callback` once when the signal aborts, or at once if it has aborted. The returned function removes the listener:
 * call it when the callback is no longer needed, since a signal can outlive many operations.
 */
export const onAbort = (signal: AbortSignalLike | undefined, callback: () => void): Cancel => {
  if (signal === undefined) return NOTHING
  if (signal.aborted) {
    callback()
    return NOTHING
  }
  const remove = (): void => signal.removeEventListener('abort', listener)
  const listener = (): void => {
    remove()
    callback()
  }
  signal.addEventListener('abort', listener)
  return remove
}

const NOTHING: Cancel = () => undefined
