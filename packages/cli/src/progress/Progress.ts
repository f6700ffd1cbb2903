/**
 * Shows progress on standard error: one line that is drawn again on a terminal, a line now and then elsewhere. Work that ends
 * soon shows nothing. A message that is printed through it does not mix with the line.
 */
import { type Clock, stopwatch } from '@sentry-exporter/transport/Clock'
import {
  bytesRead,
  counted,
  drawBar,
  drawLine,
  type ProgressState,
  shareOf,
} from './drawProgress.ts'

// model

export interface Progress {
  /** Shows a state, if it is time to. */
  readonly show: (state: Omit<ProgressState, 'seconds'>) => void
  /** Prints whole lines. */
  readonly print: (text: string) => void
  /** Removes the line of the terminal. */
  readonly clear: () => void
}

export interface ProgressWiring {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  /** The columns of the terminal; `undefined` for a file or a pipe. */
  readonly terminalColumns: () => number | undefined
  readonly stderr: (text: string) => void
}

/** Shorter work shows nothing on a terminal; elsewhere the first line comes after `LINE_MILLIS`. */
const FIRST_MILLIS = 500

const REDRAW_MILLIS = 100

/** Between two lines of a log. */
const LINE_MILLIS = 5_000

/** Back to the start of the line, and remove it. */
const CLEAR = '\r\u001b[K'

// constructors

/** The state of the step from spans to transactions, which is one step. */
export const assembling = (spans: number): Omit<ProgressState, 'seconds'> => ({
  phase: 'assemble',
  share: undefined,
  amount: `${counted(spans)} spans`,
  spans: undefined,
})

/** The state of reading files. `total` is `undefined` for a stream. */
export const reading = (
  phase: string,
  bytes: { readonly done: number; readonly total: number | undefined },
  spans?: number,
): Omit<ProgressState, 'seconds'> => ({
  phase,
  share: shareOf(bytes.done, bytes.total),
  amount: bytesRead(bytes.done, bytes.total),
  spans,
})

/** Shows nothing, and prints messages. */
export const quiet = ({ stderr }: Pick<ProgressWiring, 'stderr'>): Progress => ({
  show: () => undefined,
  print: stderr,
  clear: () => undefined,
})

export const make = ({ clock, terminalColumns, stderr }: ProgressWiring): Progress => {
  const watch = stopwatch(clock)
  const startMillis = watch()
  let shownMillis = startMillis
  let isDrawn = false
  let phase: { readonly name: string; readonly startMillis: number } | undefined
  const clear = (): void => {
    if (isDrawn) stderr(CLEAR)
    isDrawn = false
  }
  return {
    show: (state) => {
      const nowMillis = watch()
      if (phase?.name !== state.phase) {
        phase = { name: state.phase, startMillis: nowMillis }
      }
      const columns = terminalColumns()
      const [firstMillis, intervalMillis] =
        columns === undefined ? [LINE_MILLIS, LINE_MILLIS] : [FIRST_MILLIS, REDRAW_MILLIS]
      if (nowMillis - startMillis < firstMillis || nowMillis - shownMillis < intervalMillis) return
      shownMillis = nowMillis
      const drawn = { ...state, seconds: (nowMillis - phase.startMillis) / 1_000 }
      if (columns === undefined) {
        stderr(`${drawLine(drawn)}\n`)
        return
      }
      // The last column would wrap the line in some terminals.
      stderr(`${CLEAR}${drawBar(drawn, columns - 1)}`)
      isDrawn = true
    },
    print: (text) => {
      clear()
      stderr(text)
    },
    clear,
  }
}
