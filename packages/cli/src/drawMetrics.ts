/** Prints metric items for reading: a line for each of the first ones. */
import { MetricItem } from '@sentry-exporter/core'
import { cut } from './columns.ts'
import { withoutControls } from './withoutControls.ts'

// model

/** Further metrics of an envelope are counted. */
const MAX_METRICS = 6

/** Columns of a name. */
const MAX_NAME = 80

const DIGITS = 6

// encoding

/** `2 metrics`, then `  counter       orders  3` and so on. */
export const drawMetrics = (
  metrics: ReadonlyArray<MetricItem.MetricItem>,
): ReadonlyArray<string> => [
  `${metrics.length} ${metrics.length === 1 ? 'metric' : 'metrics'}`,
  ...metrics.slice(0, MAX_METRICS).map((metric) => `  ${drawMetric(metric)}`),
  ...(metrics.length > MAX_METRICS ? [`  and ${metrics.length - MAX_METRICS} more`] : []),
]

const TYPE_COLUMNS = Math.max(...MetricItem.types.map((type) => type.length))

/** `distribution  job.duration  0.25 second  x 12`: a value that counts twelve times. */
const drawMetric = (metric: MetricItem.MetricItem): string => {
  // Other senders may leave the attributes out.
  const { attributes = {}, name, type, unit, value } = metric
  const weight = MetricItem.weightOf({ attributes })
  const parts = [
    type.padEnd(TYPE_COLUMNS),
    cut(name.replace(/\s+/g, ' '), MAX_NAME),
    `${shortened(value)}${unit === undefined ? '' : ` ${unit}`}`,
    ...(weight > 1 ? [`x ${weight}`] : []),
  ]
  return withoutControls(parts.join('  '))
}

/** Values of buckets have many digits that mean nothing. */
const shortened = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(DIGITS)))
