/** The points of a metric, each with its counts. */
import * as O from '#fp-ts/Option'
import type * as Attributes from '../model/Attributes.ts'
import type {
  Distribution,
  Metric,
  MetricPoint,
  NumberPoint,
  SummaryPoint,
  Temporality,
} from '../model/Metric.ts'
import { kindOf, type PointTotals } from './observe.ts'
import * as Totals from './Totals.ts'

// model

export interface NamedPoint {
  /** The name and the unit of the item. */
  readonly name: string
  readonly unit: string
  readonly point: MetricPoint
  /** `undefined` if it has no value, or one that is no finite number. */
  readonly totals: PointTotals | undefined
}

// constructors

/** A summary has several for each of its points. */
export const pointsOf = ({ data, name, unit }: Metric): ReadonlyArray<NamedPoint> => {
  switch (data._tag) {
    case 'Gauge':
    case 'Sum': {
      const kind = kindOf(data)
      return data.points.map((point) => ({ name, unit, point, totals: ofNumber(point, kind) }))
    }
    case 'Histogram':
      return data.points.map((point) => {
        const totals = ofDistribution(point, data.temporality, Totals.ofHistogram(point))
        return { name, unit, point, totals }
      })
    case 'ExponentialHistogram':
      return data.points.map((point) => {
        const totals = ofDistribution(point, data.temporality, Totals.ofExponential(point))
        return { name, unit, point, totals }
      })
    case 'Summary':
      return data.points.flatMap((point) => ofSummary(point, name, unit))
  }
}

const hasValue = ({ hasNoValue = false }: MetricPoint, totals: Totals.Totals): boolean =>
  !hasNoValue && Totals.isKnown(totals)

const ofDistribution = (
  point: Distribution,
  kind: Temporality,
  totals: Totals.Totals,
): PointTotals | undefined =>
  hasValue(point, totals)
    ? { type: 'distribution', kind, totals, exemplars: point.exemplars }
    : undefined

const ofNumber = (
  point: Pick<NumberPoint, 'exemplars' | 'hasNoValue' | 'value'> & MetricPoint,
  kind: ReturnType<typeof kindOf>,
): PointTotals | undefined => {
  const totals = Totals.ofNumber(point.value)
  return hasValue(point, totals) ? { ...kind, totals, exemplars: point.exemplars } : undefined
}

const COUNTER = { type: 'counter', kind: 'cumulative' } as const

const GAUGE = { type: 'gauge', kind: 'value' } as const

/** The count and the sum as counters, and each quantile as a gauge, which its attribute `quantile` names. */
const ofSummary = (point: SummaryPoint, name: string, unit: string): ReadonlyArray<NamedPoint> => {
  const { quantiles, count, sum } = point
  const valued = (value: number): NumberPoint => ({ ...point, value, exemplars: [] })
  return [
    { name: `${name}.count`, unit: '', point, totals: ofNumber(valued(count), COUNTER) },
    { name: `${name}.sum`, unit, point, totals: ofNumber(valued(sum), COUNTER) },
    ...quantiles.map(({ quantile, value }) => {
      const attributes: Attributes.Attributes = { ...point.attributes, quantile }
      // 0 and 1 have the type of the others.
      const doubles = [...(point.doubles ?? []), 'quantile']
      const ofQuantile = { ...point, attributes, doubles }
      return { name, unit, point: ofQuantile, totals: ofNumber(valued(value), GAUGE) }
    }),
  ]
}

// folds

/** A metric that was made by hand may lack its points: it counts as one. */
export const pointCount = (metric: Metric): number => {
  const points = O.tryCatch(() => metric.data.points.length)
  return O.isSome(points) && Number.isInteger(points.value) ? points.value : 1
}
