/**
 * Waits for the next change while work goes on: an outcome of the exporter, or Ctrl-C. One waiter at a time, so that a long run holds
 * no old promises.
 */

// model

export interface Interrupt {
  /** Whether the user asked for the end. */
  readonly isDone: () => boolean
  /** Resolves when the user asks for the end. */
  readonly done: Promise<void>
  /** Resolves at the next change. */
  readonly change: () => Promise<void>
  /** Called at each change. */
  readonly onChange: (listener: () => void) => void
  /** Reports a change. */
  readonly notify: () => void
}

// constructors

export const make = (interrupted: () => Promise<void>): Interrupt => {
  let isDone = false
  let wake: () => void = () => undefined
  let listen: () => void = () => undefined
  const notify = (): void => {
    listen()
    wake()
  }
  const done = interrupted().then(() => {
    isDone = true
    notify()
  })
  return {
    isDone: () => isDone,
    done,
    change: () =>
      new Promise((resolve) => {
        wake = resolve
      }),
    onChange: (listener) => {
      listen = listener
    },
    notify,
  }
}
