/**
 * The numbers of series and points of metrics, by the names of their items: an estimate of their cost before they are sent.
 *
 * @example
 * ```ts
 * import { Metric } from '@sentry-exporter/core'
 * import { metricVolume } from '@sentry-exporter/core/pipeline'
 *
 * const points = [Metric.numberPoint(3), Metric.numberPoint(4)]
 * const metric = Metric.make({ name: 'size', data: { _tag: 'Gauge', points } })
 * console.log(metricVolume([metric]).get('size')) // { series: 1, points: 2 }
 * ```
 */
import type { Metric } from '../model/Metric.ts'
import { pointsOf } from './pointsOf.ts'
import { seriesKeys } from './seriesKeys.ts'

// model

export interface MetricVolume {
  readonly series: number
  readonly points: number
}

// folds

/** A summary has several names: each of its points counts for each of them. */
export const metricVolume = (metrics: ReadonlyArray<Metric>): ReadonlyMap<string, MetricVolume> => {
  const keysOf = seriesKeys()
  const counts = new Map<string, { readonly keys: Set<string>; points: number }>()
  for (const metric of metrics) {
    const keyOf = keysOf(metric)
    for (const named of pointsOf(metric)) {
      const counted = counts.get(named.name) ?? { keys: new Set<string>(), points: 0 }
      counted.keys.add(keyOf(named))
      counted.points++
      counts.set(named.name, counted)
    }
  }
  return new Map(
    [...counts].map(([name, { keys, points }]) => [name, { series: keys.size, points }] as const),
  )
}
