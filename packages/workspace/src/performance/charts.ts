/** The charts of `docs/performance.md`, from the figures of one run. */
import { BATCH_SIZES } from '../bench/batchFigures.ts'
import { STAGES } from '../bench/stageFigures.ts'
import * as Chart from './Chart.ts'
import { measured, type PerformanceReport } from './PerformanceReport.ts'

// constructors

/** By the name of the file in `docs/pictures`. A figure that was not measured is drawn as zero. */
export const charts = (report: PerformanceReport): Readonly<Record<string, string>> => ({
  'batch-size.svg': batchSize(report),
  'stages.svg': stages(report),
})

const batchSize = (report: PerformanceReport): string => {
  const floors = BATCH_SIZES.map((size) => measured(report, `floor-batch-${size}`) ?? 0)
  const costs = BATCH_SIZES.map(
    (size, nth) => (measured(report, `batch-${size}`) ?? 0) * (floors[nth] ?? 0),
  )
  return Chart.ofLines({
    title: 'Cost of a span, by the size of requests',
    description: `Microseconds of a span in requests of ${BATCH_SIZES.map((size, nth) => `${size.toLocaleString('en-US')}: ${costs[nth]?.toFixed(1)}, F ${floors[nth]?.toFixed(1)}`).join('; ')}.`,
    unit: 'microseconds for each span',
    labels: BATCH_SIZES.map((size) => size.toLocaleString('en-US')),
    labelTitle: 'spans in a request',
    lines: [
      { name: 'protobuf to envelopes', values: costs },
      { name: 'F of the same requests', values: floors },
    ],
  })
}

const stages = (report: PerformanceReport): string => {
  const bars = STAGES.map(({ name, description }) => ({
    name,
    description,
    value: measured(report, `stage-${name}`) ?? 0,
  }))
  return Chart.ofBars({
    title: 'Time of each stage',
    description: `Microseconds of a span: ${bars.map(({ name, value }) => `${name} ${value.toFixed(2)}`).join(', ')}.`,
    unit: 'microseconds for each span of the reference data, from protobuf to compressed envelopes',
    bars,
  })
}
