/**
 * The part of a point that is new since the point before it of its series. Source: OpenTelemetry, "Metrics data model", resets and
 * gaps, and unknown start time.
 */
import type { LossReason } from '../model/Losses.ts'
import type { Exemplar, MetricData, MetricPoint } from '../model/Metric.ts'
import * as Micros from '../model/Micros.ts'
import type { MetricType } from './MetricItem.ts'
import * as Totals from './Totals.ts'

// model

/** The knowledge about a series after a point. */
export interface LastPoint {
  readonly startMicros: Micros.Micros
  readonly timeMicros: Micros.Micros
  /** Since the start; of increases that go in both directions, since the first point. */
  readonly totals: Totals.Totals
}

/** The part that becomes items. */
export interface Observed {
  readonly type: MetricType
  readonly totals: Totals.Totals
  readonly exemplars: ReadonlyArray<Exemplar>
}

export interface Observation {
  /** `undefined` if there is nothing to send. */
  readonly observed: Observed | undefined
  /** Why there is nothing; `undefined` if nothing is lost. */
  readonly lost: LossReason | undefined
  readonly last: LastPoint | undefined
}

/** A point, how it counts, and its counts. */
export interface PointTotals {
  readonly type: MetricType
  /** `delta`: since the point before. `cumulative`: since the start. `value`: at its time. `change`: a delta in both directions. */
  readonly kind: 'change' | 'cumulative' | 'delta' | 'value'
  readonly totals: Totals.Totals
  readonly exemplars: ReadonlyArray<Exemplar>
}

// constructors

type NumberData = Extract<MetricData, { readonly _tag: 'Gauge' | 'Sum' }>

/** Of a gauge or a sum. */
export const kindOf = (data: NumberData): Pick<PointTotals, 'kind' | 'type'> => {
  if (data._tag === 'Gauge') return { type: 'gauge', kind: 'value' }
  if (data.isMonotonic) return { type: 'counter', kind: data.temporality }
  return { type: 'gauge', kind: data.temporality === 'delta' ? 'change' : 'value' }
}

// transformations

/** `sinceMicros`: a series that began later has no increase that is not known. */
export const observe = (
  { startMicros, timeMicros }: Pick<MetricPoint, 'startMicros' | 'timeMicros'>,
  point: PointTotals,
  last: LastPoint | undefined,
  sinceMicros: Micros.Micros,
): Observation => {
  const { type, kind, totals, exemplars } = point
  const next = { startMicros, timeMicros, totals }
  if (kind === 'delta' || kind === 'value') {
    return { observed: { type, totals, exemplars }, lost: undefined, last: undefined }
  }
  if (kind === 'change') {
    // Their order does not change the sum.
    const sum = last === undefined ? totals : (Totals.add(last.totals, totals) ?? totals)
    const observed = { type, totals: sum, exemplars }
    return { observed, lost: undefined, last: { ...next, totals: sum } }
  }
  if (last !== undefined && isBefore(next, last)) {
    return { observed: undefined, lost: 'metric_order', last }
  }
  const increase = increaseOf(next, last, sinceMicros)
  if (increase === undefined) return { observed: undefined, lost: 'metric_baseline', last: next }
  // SDKs may send the exemplars of a cumulative point again.
  const fresh = exemplars.filter((one) => one.timeMicros > (last?.timeMicros ?? startMicros))
  return { observed: { type, totals: increase, exemplars: fresh }, lost: undefined, last: next }
}

/** Whether it is not later, or of a sender that started before the one of the last point. */
const isBefore = ({ startMicros, timeMicros }: LastPoint, last: LastPoint): boolean =>
  timeMicros <= last.timeMicros || (startMicros > Micros.zero && startMicros < last.startMicros)

/** `undefined` if it is not known. */
const increaseOf = (
  next: LastPoint,
  last: LastPoint | undefined,
  sinceMicros: Micros.Micros,
): Totals.Totals | undefined => {
  const { startMicros, timeMicros, totals } = next
  // The first point of a series whose start is not known has its own time as its start.
  const isStartKnown = startMicros > Micros.zero && startMicros < timeMicros
  if (last === undefined) {
    return isStartKnown && startMicros >= sinceMicros ? totals : undefined
  }
  if (startMicros > last.startMicros && last.startMicros > Micros.zero) {
    // One that started before the last point is another sender, which may have counted before this exporter was opened.
    const knownFrom = Math.min(last.timeMicros, sinceMicros)
    return isStartKnown && startMicros >= knownFrom ? totals : undefined
  }
  if (!Totals.isComparable(totals, last.totals)) return undefined
  // Without a new start, a decrease is one: the counting began anew.
  return Totals.isDecrease(totals, last.totals) ? totals : Totals.subtract(totals, last.totals)
}
