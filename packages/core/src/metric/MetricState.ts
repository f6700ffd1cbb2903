/** The memory of metrics between two calls: pure, and bounded by the number of series. */
import * as IdMap from '../internal/persistent/IdMap.ts'
import type { LossReason } from '../model/Losses.ts'
import type { Metric } from '../model/Metric.ts'
import * as Micros from '../model/Micros.ts'
import type { MetricRules } from './MetricRules.ts'
import { type LastPoint, type Observed, observe } from './observe.ts'
import type { NamedPoint } from './pointsOf.ts'
import * as SeriesTable from './SeriesTable.ts'
import * as Totals from './Totals.ts'

// model

export interface MetricState {
  /** When the exporter was opened; `undefined` before the first point of a state without a clock. */
  readonly sinceMicros: Micros.Micros | undefined
  readonly series: SeriesTable.SeriesTable<Series>
  /** By series: the increases since the last item. */
  readonly waiting: IdMap.IdMap<ReadyPoint>
  readonly waitingCount: number
}

interface Series {
  readonly last: LastPoint | undefined
  /** The point of the last item; `undefined` if there was none. */
  readonly sent: Moment | undefined
}

/** The sender and this program may have different clocks. */
interface Moment {
  /** The time of a point. */
  readonly timeMicros: Micros.Micros
  /** When it came, by the clock of this program. */
  readonly arrivedMicros: Micros.Micros
}

/** The part of a metric that its points keep: they do not keep each other. */
export type PointOwner = Pick<Metric, 'resource' | 'scope'>

/** A part of a series that becomes items. */
export interface ReadyPoint extends Pick<NamedPoint, 'name' | 'point' | 'unit'> {
  readonly from: PointOwner
  readonly observed: Observed
  readonly arrivedMicros: Micros.Micros
}

/** A point on its way into the state. Its time is known. */
export interface Arriving extends NamedPoint {
  readonly key: string
  readonly from: PointOwner
  readonly totals: NonNullable<NamedPoint['totals']>
  readonly arrivedMicros: Micros.Micros
}

export interface MetricStateStep {
  readonly state: MetricState
  readonly ready: ReadonlyArray<ReadyPoint>
  readonly lost: LossReason | undefined
}

// constructors

/** `sinceMillis`: when the exporter was opened; left out, the time of the earliest point of the first call. */
export const empty = (sinceMillis?: number): MetricState => ({
  sinceMicros: sinceMillis === undefined ? undefined : Micros.fromMillis(sinceMillis),
  series: SeriesTable.empty,
  waiting: IdMap.empty,
  waitingCount: 0,
})

// transformations

/** Forgets series that had no point for long. */
export const advance = (state: MetricState, nowMillis: number): MetricState => {
  const series = SeriesTable.advance(state.series, nowMillis)
  return series === state.series ? state : { ...state, series }
}

/** Takes a point, and gives the points that are ready then. */
export const take = (
  state: MetricState,
  arriving: Arriving,
  { intervalMillis, maxSeries }: MetricRules,
): MetricStateStep => {
  const { key, from, name, unit, point, totals, arrivedMicros } = arriving
  const known = SeriesTable.get(state.series, key)
  const since = state.sinceMicros ?? Micros.zero
  const { observed, lost, last } = observe(point, totals, known?.last, since)
  // The series is forgotten at its time, so that a wrong time does not end it for ever.
  if (lost === 'metric_order') return { state, ready: [], lost }
  const isDue = isOver(known?.sent?.timeMicros, point.timeMicros, intervalMillis)
  const sent =
    isDue && observed !== undefined ? { timeMicros: point.timeMicros, arrivedMicros } : known?.sent
  const next = last === undefined && intervalMillis <= 0 ? UNCOUNTED : { last, sent }
  const series = SeriesTable.set(state.series, key, next, maxSeries)
  if (series === undefined) return { state, ready: [], lost: 'metric_series' }
  const kept = { ...state, series }
  if (observed === undefined) return { state: kept, ready: [], lost }
  const ready = { name, unit, from, point, observed, arrivedMicros }
  return intervalMillis <= 0
    ? { state: kept, ready: [ready], lost }
    : merged(kept, key, ready, isDue)
}

/** The same object for all series of which nothing is to be known. */
const UNCOUNTED: Series = { last: undefined, sent: undefined }

/** A time far before the last one is that of a clock that was set back. */
const isOver = (
  lastMicros: Micros.Micros | undefined,
  micros: Micros.Micros,
  intervalMillis: number,
): boolean =>
  lastMicros === undefined || Math.abs(micros - lastMicros) >= Micros.fromMillis(intervalMillis)

const merged = (
  state: MetricState,
  key: string,
  ready: ReadyPoint,
  isDue: boolean,
): MetricStateStep => {
  const before = IdMap.get(state.waiting, key)
  const sum = before === undefined ? ready : added(before, ready)
  const kept = sum ?? ready
  // Histograms of different bounds cannot be added, nor numbers whose sum is infinite.
  const left = sum === undefined && before !== undefined ? [before] : []
  return isDue
    ? { state: without(state, key), ready: [...left, kept], lost: undefined }
    : { state: withWaiting(state, key, kept), ready: left, lost: undefined }
}

/** Exemplars that are kept of increases that wait. */
const MAX_EXEMPLARS = 16

/** With the later time of both. */
const added = (before: ReadyPoint, after: ReadyPoint): ReadyPoint | undefined => {
  const latest = after.point.timeMicros < before.point.timeMicros ? before : after
  if (after.observed.type === 'gauge') return latest
  const totals = Totals.add(before.observed.totals, after.observed.totals)
  if (totals === undefined) return undefined
  const exemplars = [...before.observed.exemplars, ...after.observed.exemplars]
  return {
    ...latest,
    observed: { ...after.observed, totals, exemplars: exemplars.slice(-MAX_EXEMPLARS) },
  }
}

const withWaiting = (state: MetricState, key: string, point: ReadyPoint): MetricState => ({
  ...state,
  waiting: IdMap.set(state.waiting, key, point),
  waitingCount: state.waitingCount + (IdMap.get(state.waiting, key) === undefined ? 1 : 0),
})

const without = (state: MetricState, key: string): MetricState =>
  IdMap.get(state.waiting, key) === undefined
    ? state
    : {
        ...state,
        waiting: IdMap.set(state.waiting, key, undefined),
        waitingCount: state.waitingCount - 1,
      }

/** Gives the waiting points whose interval is over at `nowMillis`; all of them with `Infinity`. */
export const release = (
  state: MetricState,
  nowMillis: number,
  { intervalMillis, maxSeries }: MetricRules,
): MetricStateStep => {
  if (state.waitingCount === 0) return { state, ready: [], lost: undefined }
  const ready: Array<ReadyPoint> = []
  let next = state
  for (const [key, waits] of IdMap.entries(state.waiting)) {
    const known = SeriesTable.get(next.series, key)
    const lastMicros = known?.sent?.arrivedMicros
    if (!isOver(lastMicros, Micros.fromMillis(nowMillis), intervalMillis)) continue
    const { point, arrivedMicros } = waits
    const sent = { timeMicros: point.timeMicros, arrivedMicros }
    const released = { last: known?.last, sent }
    const series = SeriesTable.set(next.series, key, released, maxSeries) ?? next.series
    next = without({ ...next, series }, key)
    ready.push(waits)
  }
  return { state: next, ready, lost: undefined }
}

// folds

/** Series of which an increase waits. */
export const waiting = ({ waitingCount }: MetricState): number => waitingCount

/** Series that are known. */
export const series = ({ series: known }: MetricState): number => SeriesTable.size(known)
