/** The metrics of an input. */
import type { MetricBatch } from '@sentry-exporter/core'
import type { ReadInput } from './describeBytes.ts'

export const metricsOf = ({ metricBatch = NONE }: ReadInput): MetricBatch.MetricBatch => metricBatch

const NONE: MetricBatch.MetricBatch = { metrics: [], rejected: [], repairs: {} }
