/**
 * Exceptions of log records, which wait a while for the segment of their span: the span may record the same one, and the
 * transaction has a name. They are known longer than they wait, since the span may come later. A state machine without a
 * clock; old versions stay as they were.
 */
import { groupByTrace } from '../internal/groupByTrace.ts'
import * as PairingHeap from '../internal/persistent/PairingHeap.ts'
import type { TraceId } from '../model/TraceId.ts'
import * as Generations from './Generations.ts'
import type { LoggedException } from './LoggedException.ts'

// model

export interface WaitingLogs {
  readonly known: Generations.Generations<ReadonlyArray<LoggedException>>
  /** By the time at which each is told without its segment. */
  readonly timers: PairingHeap.PairingHeap<LoggedException> | undefined
}

// constructors

export const empty: WaitingLogs = { known: Generations.empty, timers: undefined }

// combinators

/** With exceptions that are told at `atMillis` if they were not told before. */
export const add = (
  waiting: WaitingLogs,
  logged: ReadonlyArray<LoggedException>,
  atMillis: number,
): WaitingLogs => {
  let { known, timers } = waiting
  for (const [traceId, all] of groupByTrace(logged)) {
    known = Generations.modify(known, traceId, (others = []) => [...others, ...all])
  }
  for (const one of logged) timers = PairingHeap.push(timers, atMillis, one)
  return { known, timers }
}

/** Those that have waited long enough, and the rest. */
export const due = (
  { known, timers }: WaitingLogs,
  nowMillis: number,
): readonly [ReadonlyArray<LoggedException>, WaitingLogs] => {
  const over: Array<LoggedException> = []
  let rest = timers
  while (rest !== undefined && rest.atMillis <= nowMillis) {
    over.push(rest.value)
    rest = PairingHeap.pop(rest)
  }
  return [over, { known, timers: rest }]
}

// destructors

/** Those of one trace, told or not. */
export const ofTrace = ({ known }: WaitingLogs, traceId: TraceId): ReadonlyArray<LoggedException> =>
  Generations.get(known, traceId) ?? []
