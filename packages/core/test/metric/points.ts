/** Metrics for tests of their items. */
import { resource } from '@sentry-exporter/testing/spans'
import * as Sensitive from '../../src/filter/Sensitive.ts'
import * as ItemText from '../../src/item/ItemText.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import type * as MetricItem from '../../src/metric/MetricItem.ts'
import * as MetricRules from '../../src/metric/MetricRules.ts'
import * as MetricState from '../../src/metric/MetricState.ts'
import { type MetricItemsOptions, metricItems } from '../../src/metric/metricItems.ts'
import type * as Losses from '../../src/model/Losses.ts'
import * as Metric from '../../src/model/Metric.ts'
import * as Micros from '../../src/model/Micros.ts'

// constructors

export const START_MILLIS = 1_700_000_000_000

/** Seconds after the start of the exporter. */
export const at = (seconds: number): Micros.Micros =>
  Micros.fromMillis(START_MILLIS + seconds * 1_000)

const SHOP = resource('shop')

export const metric = (
  data: Metric.MetricData,
  fields: Partial<Metric.Metric> = {},
): Metric.Metric => Metric.make({ name: 'orders', resource: SHOP, data, ...fields })

export const gauge = (value: number, fields: Partial<Metric.NumberPoint> = {}): Metric.Metric =>
  metric({ _tag: 'Gauge', points: [Metric.numberPoint(value, { timeMicros: at(10), ...fields })] })

/** A sum that only grows. */
export const sum = (
  temporality: Metric.Temporality,
  value: number,
  fields: Partial<Metric.NumberPoint> = {},
): Metric.Metric => {
  const point = Metric.numberPoint(value, { startMicros: at(1), timeMicros: at(10), ...fields })
  return metric({ _tag: 'Sum', temporality, isMonotonic: true, points: [point] })
}

export const histogram = (
  temporality: Metric.Temporality,
  fields: Partial<Metric.HistogramPoint>,
): Metric.Metric => {
  const times = { startMicros: at(1), timeMicros: at(10) }
  const points = [Metric.histogramPoint({ ...times, ...fields })]
  return metric({ _tag: 'Histogram', temporality, points })
}

// running

export interface Result {
  readonly items: ReadonlyArray<MetricItem.MetricItem>
  readonly losses: Losses.Losses
}

export interface Session {
  readonly take: (metrics: ReadonlyArray<Metric.Metric>, seconds?: number) => Result
  readonly release: (seconds: number) => Result
  readonly state: () => MetricState.MetricState
}

type SessionOptions = Partial<Omit<MetricItemsOptions, 'rules'>> & {
  readonly rules?: Partial<MetricRules.MetricRules>
  /** Whether the time of the start is not known. */
  readonly isWithoutClock?: boolean
}

/** Calls that follow each other, of an exporter that was opened at the start. */
export const session = ({
  rules,
  isWithoutClock = false,
  ...options
}: SessionOptions = {}): Session => {
  const { take, release } = metricItems({
    mapping: Mapping.sentry,
    privacy: Sensitive.defaults,
    ...options,
    rules: { ...MetricRules.defaults, ...rules },
  })
  let state = MetricState.empty(isWithoutClock ? undefined : START_MILLIS)
  const read = (step: ReturnType<typeof take>): Result => {
    state = step.state
    const items = step.items.map((item) => JSON.parse(ItemText.textOf(item)))
    return { items, losses: step.losses }
  }
  return {
    take: (metrics, seconds = 10) => read(take(state, metrics, START_MILLIS + seconds * 1_000)),
    release: (seconds) => read(release(state, START_MILLIS + seconds * 1_000)),
    state: () => state,
  }
}

/** The type and the value of each item. */
export const shown = ({ items }: Result): ReadonlyArray<readonly [string, number]> =>
  items.map(({ type, value }) => [type, value])

/** The number of values that an item counts for. */
export { weightOf } from '../../src/metric/MetricItem.ts'
