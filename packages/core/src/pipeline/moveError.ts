/**
 * Shifts an error that the server would give the time of its arrival, because it is too old or of the future: by the days of its
 * trace if these are enough, else by as many as it needs. Other errors keep their time. Breadcrumbs are shifted with their
 * error, those that are outside of the window even so are put at its edge.
 */
import type { TraceId } from '../model/TraceId.ts'
import type { ErrorEvent } from '../sentry/ErrorEvent.ts'
import { moveBreadcrumbs } from './moveBreadcrumbs.ts'
import { type Shift, shiftSeconds } from './moveTransaction.ts'
import * as ServerWindow from './ServerWindow.ts'

/** Returns the error itself if it keeps its time, and `undefined` if old errors are dropped. */
export const moveError =
  (shiftOf: (traceId: TraceId) => Shift, oldTraces: 'shift' | 'drop') =>
  (error: ErrorEvent): ErrorEvent | undefined => {
    const { days, acceptedMillis } = shiftOf(error.contexts.trace.trace_id)
    if (!ServerWindow.isClock(acceptedMillis)) return error
    // A log record may have no time: it happened about when it arrived.
    if (!(error.timestamp > 0)) return { ...error, timestamp: acceptedMillis / 1e3 }
    const window = ServerWindow.ofErrors(acceptedMillis)
    const micros = error.timestamp * 1e6
    if (ServerWindow.contains(window, micros, micros)) return error
    if (oldTraces === 'drop') return undefined
    const ofTrace = micros + days * ServerWindow.DAY_MICROS
    const by = ServerWindow.contains(window, ofTrace, ofTrace)
      ? days
      : (ServerWindow.daysInto(window, micros, micros) ?? 0)
    const shift = shiftSeconds(by)
    // A breadcrumb may be far before its error, and no shift by days is exact for times millions of years away.
    const move = (seconds: number): number => ServerWindow.clamp(window, shift(seconds) * 1e6) / 1e6
    return {
      ...error,
      timestamp: move(error.timestamp),
      ...(error.breadcrumbs === undefined
        ? {}
        : { breadcrumbs: moveBreadcrumbs(error.breadcrumbs, move) }),
    }
  }
