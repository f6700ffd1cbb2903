/**
 * The shift of each trace whose times the server would not accept. All transactions of a trace get the same shift, also those
 * that become ready later. Immutable: old versions stay valid.
 *
 * Law: within one trace all offsets between spans are unchanged, unless the trace is longer than the window. A child outside of
 * the window below a root inside is clamped alone.
 */
import * as IdMap from '../internal/persistent/IdMap.ts'
import type { TraceId } from '../model/TraceId.ts'
import * as Node from '../segment/Node.ts'
import type { Segment } from '../segment/Segment.ts'
import * as SyntheticRoot from '../segment/SyntheticRoot.ts'
import * as ServerWindow from './ServerWindow.ts'

// model

export interface TraceShifts {
  /** Days, by trace. A trace that is not in it has no shift. */
  readonly recent: IdMap.IdMap<number, TraceId>
  readonly earlier: IdMap.IdMap<number, TraceId>
  /** The number of traces in `recent`. */
  readonly count: number
}

/** Microseconds since 1970. */
interface Range {
  readonly first: number
  readonly last: number
}

/** The traces that are remembered are at least so many of the last, and at most twice as many. */
const MAX_TRACES = 10_000

// constructors

export const empty: TraceShifts = { recent: IdMap.empty, earlier: IdMap.empty, count: 0 }

// folds

/** The days by which the times of a trace are shifted. */
export const daysOf = ({ recent, earlier }: TraceShifts, traceId: TraceId): number =>
  IdMap.get(recent, traceId) ?? IdMap.get(earlier, traceId) ?? 0

/** The earliest start and the latest end of a segment. */
const rangeOf = ({ root, descendants }: Segment<unknown>): Range => {
  const { first: start, last: end } = rootRange(root)
  let first = start
  let last = end
  for (const node of descendants) {
    const { startMicros, durationMicros = 0 } = node
    if (startMicros < first) first = startMicros
    if (startMicros + durationMicros > last) last = startMicros + durationMicros
  }
  return { first, last }
}

/** Whether all spans of a segment are within the times that the server accepts. */
export const isInside = (segment: Segment<unknown>, acceptedMillis: number): boolean => {
  const { first, last } = rangeOf(segment)
  return ServerWindow.contains(ServerWindow.ofTransactions(acceptedMillis), first, last)
}

/** The same for its root alone. */
export const isRootInside = (root: Segment<unknown>['root'], acceptedMillis: number): boolean => {
  const { first, last } = rootRange(root)
  return ServerWindow.contains(ServerWindow.ofTransactions(acceptedMillis), first, last)
}

const rootRange = (root: Segment<unknown>['root']): Range => {
  const first = root.startMicros
  const end = SyntheticRoot.isSynthetic(root) ? root.endMicros : Node.end(root)
  return { first, last: Math.max(first, end) }
}

const union = (a: Range | undefined, b: Range): Range =>
  a === undefined ? b : { first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) }

// transformations

/**
 * Decides the shifts of the traces of segments, and remembers them. `acceptedMillis` is when the requests with the spans of a
 * trace were accepted, in milliseconds since 1970; without a clock nothing is shifted.
 */
export const decide = (
  before: TraceShifts,
  segments: ReadonlyArray<Segment<unknown>>,
  acceptedMillis: (traceId: TraceId) => number,
): TraceShifts => {
  // hot: of most steps no segment is outside of its window
  const traces = new Map<TraceId, Array<Segment<unknown>>>()
  for (const segment of segments) {
    const { traceId } = segment.root
    const atMillis = acceptedMillis(traceId)
    if (!ServerWindow.isClock(atMillis)) continue
    const isKnown = before !== empty && daysOf(before, traceId) !== 0
    if (isKnown || !isInside(segment, atMillis)) traces.set(traceId, [])
  }
  if (traces.size === 0) return before
  for (const segment of segments) traces.get(segment.root.traceId)?.push(segment)
  let shifts = before
  for (const [traceId, ones] of traces) {
    const window = ServerWindow.ofTransactions(acceptedMillis(traceId))
    shifts = remember(shifts, traceId, daysFor(ones, window, daysOf(before, traceId)))
  }
  return shifts
}

/**
 * The known shift if it still fits; none if the roots fit as they are, since one child of a wrong clock must not move its trace
 * to another day; else a shift for all spans, for the roots, or for the latest end of a root.
 */
const daysFor = (
  segments: ReadonlyArray<Segment<unknown>>,
  window: ServerWindow.ServerWindow,
  known: number,
): number => {
  const all = segments.map(rangeOf).reduce(union)
  const by = known * ServerWindow.DAY_MICROS
  if (known !== 0 && ServerWindow.contains(window, all.first + by, all.last + by)) return known
  const roots = segments.map(({ root }) => rootRange(root)).reduce(union)
  if (ServerWindow.contains(window, roots.first, roots.last)) return 0
  return (
    ServerWindow.daysInto(window, all.first, all.last) ??
    ServerWindow.daysInto(window, roots.first, roots.last) ??
    ServerWindow.daysInto(window, roots.last, roots.last) ??
    0
  )
}

const remember = (shifts: TraceShifts, traceId: TraceId, days: number): TraceShifts => {
  const { recent, earlier, count } = shifts
  if (daysOf(shifts, traceId) === days) return shifts
  if (count >= MAX_TRACES) {
    return { recent: IdMap.set(IdMap.empty, traceId, days), earlier: recent, count: 1 }
  }
  const isNew = IdMap.get(recent, traceId) === undefined
  return { recent: IdMap.set(recent, traceId, days), earlier, count: count + Number(isNew) }
}
