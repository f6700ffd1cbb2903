/** The answer to "how much do I need": cores and memory for a number of spans a second, from the figures of the bench. */
import * as Limits from '@sentry-exporter/core/Limits'
import { measured, type PerformanceReport } from './PerformanceReport.ts'
import { table } from './table.ts'

// constructors

/** Spans a second. */
const RATES: ReadonlyArray<number> = [1_000, 10_000, 50_000]

const WAITING: ReadonlyArray<number> = [1_000, 10_000, 100_000, 1_000_000]

const MEGABYTE = 1024 ** 2

/** The figures of the CPU of a whole exporter, and their input. */
const INPUTS = [
  { figure: 'cpu-lean-protobuf', title: 'protobuf, no exceptions' },
  { figure: 'cpu-protobuf', title: 'protobuf, one span in 20 fails' },
  { figure: 'cpu-json', title: 'JSON, one span in 20 fails' },
] as const

/** Bytes of a waiting span, on the heap and beside it. */
const bytesOf = (report: PerformanceReport): number | undefined => {
  const [heap, beside] = [measured(report, 'retained'), measured(report, 'retained-beside')]
  return heap === undefined || beside === undefined ? undefined : heap + beside
}

// encoding

/** Cores for each rate, and the rate that one process can take. */
export const cores = (report: PerformanceReport): string =>
  table(
    ['spans a second', ...INPUTS.map(({ title }) => title)],
    [
      ...RATES.map((rate) => [
        count(rate),
        ...INPUTS.map(({ figure }) =>
          shown(measured(report, figure), (micros) => coresShown((rate * micros) / 1e6)),
        ),
      ]),
      [
        'one core handles',
        ...INPUTS.map(({ figure }) =>
          shown(measured(report, figure), (micros) => count(Math.round(1e4 / micros) * 100)),
        ),
      ],
    ],
  )

const coresShown = (value: number): string => value.toPrecision(2)

/** Memory of waiting spans, by their number. */
export const memory = (report: PerformanceReport): string =>
  table(
    ['waiting spans', 'MB'],
    WAITING.map((spans) => [
      count(spans),
      shown(bytesOf(report), (bytes) => megabytes(spans * bytes)),
    ]),
  )

/** Memory of what waits in a gateway, by the rate: each span waits until its segment is settled. */
export const memoryByRate = (report: PerformanceReport): string =>
  table(
    ['spans a second', 'spans that wait', 'MB'],
    RATES.map((rate) => {
      const spans = (rate * Limits.gateway.settleMillis) / 1_000
      return [
        count(rate),
        count(spans),
        shown(bytesOf(report), (bytes) => megabytes(spans * bytes)),
      ]
    }),
  )

const megabytes = (bytes: number): string => String(Number((bytes / MEGABYTE).toPrecision(2)))

const count = (value: number): string => value.toLocaleString('en-US')

const shown = (value: number | undefined, show: (value: number) => string): string =>
  value === undefined ? '-' : show(value)
