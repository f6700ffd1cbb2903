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
  /** The time of the point of the last item. */
  readonly sentMicros: Micros.Micros
}

/** A part of a series that becomes items. */
export interface ReadyPoint extends Pick<NamedPoint, 'name' | 'unit'> {
  readonly metric: Metric
  readonly point: NamedPoint['point']
  readonly observed: Observed
}

/** A point on its way into the state. Its time is known. */
export interface Arriving extends NamedPoint {
  readonly key: string
  readonly metric: Metric
  readonly totals: NonNullable<NamedPoint['totals']>
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

/** Takes a point; gives what is ready by it. */
export const take = (
  state: MetricState,
  arriving: Arriving,
  { intervalMillis, maxSeries }: MetricRules,
): MetricStateStep => {
  const { key, metric, name, unit, point, totals } = arriving
  const known = SeriesTable.get(state.series, key)
  const since = state.sinceMicros ?? Micros.zero
  const { observed, lost, last } = observe(point, totals, known?.last, since)
  const isDue = isDueAt(known, point.timeMicros, intervalMillis)
  const sentMicros =
    isDue && observed !== undefined ? point.timeMicros : (known?.sentMicros ?? Micros.zero)
  const next = last === undefined && intervalMillis <= 0 ? UNCOUNTED : { last, sentMicros }
  const series = SeriesTable.set(state.series, key, next, maxSeries)
  if (series === undefined) return { state, ready: [], lost: 'metric_series' }
  const kept = { ...state, series }
  if (observed === undefined) return { state: kept, ready: [], lost }
  const ready = { name, unit, metric, point, observed }
  return intervalMillis <= 0
    ? { state: kept, ready: [ready], lost }
    : merged(kept, key, ready, isDue)
}

/** The same object for all series of which nothing is to be known. */
const UNCOUNTED: Series = { last: undefined, sentMicros: Micros.zero }

const isDueAt = (
  known: Series | undefined,
  timeMicros: Micros.Micros,
  intervalMillis: number,
): boolean => known === undefined || timeMicros - known.sentMicros >= intervalMillis * 1000

const merged = (
  state: MetricState,
  key: string,
  ready: ReadyPoint,
  isDue: boolean,
): MetricStateStep => {
  const before = IdMap.get(state.waiting, key)
  const sum = before === undefined ? ready : added(before, ready)
  const kept = sum ?? ready
  // Histograms of different bounds cannot be added.
  const left = sum === undefined && before !== undefined ? [before] : []
  return isDue
    ? { state: without(state, key), ready: [...left, kept], lost: undefined }
    : { state: withWaiting(state, key, kept), ready: left, lost: undefined }
}

/** Exemplars that are kept of increases that wait. */
const MAX_EXEMPLARS = 16

const added = (before: ReadyPoint, after: ReadyPoint): ReadyPoint | undefined => {
  if (after.observed.type === 'gauge') return after
  const totals = Totals.add(before.observed.totals, after.observed.totals)
  if (totals === undefined) return undefined
  const exemplars = [...before.observed.exemplars, ...after.observed.exemplars]
  return {
    ...after,
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

/** Gives what waits and whose time is over at `nowMillis`; everything with `Infinity`. */
export const release = (
  state: MetricState,
  nowMillis: number,
  { intervalMillis, maxSeries }: MetricRules,
): MetricStateStep => {
  if (state.waitingCount === 0) return { state, ready: [], lost: undefined }
  const ready: Array<ReadyPoint> = []
  let next = state
  for (const [key, point] of IdMap.entries(state.waiting)) {
    const known = SeriesTable.get(next.series, key)
    if (!isDueAt(known, Micros.fromMillis(nowMillis), intervalMillis)) continue
    const sent = { last: known?.last, sentMicros: point.point.timeMicros }
    const series = SeriesTable.set(next.series, key, sent, maxSeries) ?? next.series
    next = without({ ...next, series }, key)
    ready.push(point)
  }
  return { state: next, ready, lost: undefined }
}

// folds

/** Series of which an increase waits. */
export const waiting = ({ waitingCount }: MetricState): number => waitingCount

/** Series that are known. */
export const series = ({ series: known }: MetricState): number => SeriesTable.size(known)
