/** The report of the application under load, and its table. */
import { median } from '../../bench/median.ts'
import type * as PerformanceReport from '../../performance/PerformanceReport.ts'
import { table } from '../../performance/table.ts'
import { exporters, type LoadedExporter } from './application.ts'
import type { LoadedRun } from './loadedRun.ts'

// model

export interface SdkLoadReport {
  readonly machine: PerformanceReport.MeasuredMachine
  readonly spansPerSecond: number
  readonly exporters: ReadonlyArray<ExporterLoad>
}

/** Of all runs of one exporter. Times are in milliseconds. */
export interface ExporterLoad {
  readonly exporter: LoadedExporter
  /** The median of the runs. All threads, the application included. */
  readonly cpuMicrosPerSpan: number
  /** The longest delay of a timer by work of its own thread. */
  readonly maxOwnMillis: number
  readonly p999OwnMillis: number
  /** The same with the time in which other threads and processes had the cores. */
  readonly maxMillis: number
  /** The longest delay by own work in the seconds before, in which code is compiled. */
  readonly warmUpMaxOwnMillis: number
  readonly spans: number
  readonly spansSent: number
}

// constructors

export const exporterLoad = (
  exporter: LoadedExporter,
  runs: ReadonlyArray<LoadedRun>,
): ExporterLoad => ({
  exporter,
  cpuMicrosPerSpan: tenths(median(runs.map(({ cpuMicros, spans }) => cpuMicros / spans))),
  maxOwnMillis: Math.max(...runs.map(({ maxOwnMillis }) => maxOwnMillis)),
  p999OwnMillis: Math.max(...runs.map(({ p999OwnMillis }) => p999OwnMillis)),
  maxMillis: Math.max(...runs.map(({ maxMillis }) => maxMillis)),
  warmUpMaxOwnMillis: Math.max(...runs.map(({ warmUp }) => warmUp.maxOwnMillis)),
  spans: sum(runs.map(({ end }) => end.spans)),
  spansSent: sum(runs.map(({ sent }) => sent.spans)),
})

// encoding

const HEAD = [
  'exporter',
  'CPU of a span, without exporter = 1',
  'longest delay',
  '99.9 % of delays up to',
  'longest delay in the first seconds',
  'spans lost',
]

const NAMES: Readonly<Record<LoadedExporter, string>> = {
  'no-op': 'none: a batch processor that drops its spans',
  processor: '`SentrySpanProcessor`',
  exporter: '`SentrySpanExporter` in a `BatchSpanProcessor`',
}

export const show = ({ machine, exporters: loads }: SdkLoadReport): string => {
  const base = loads.find(({ exporter }) => exporter === 'no-op')
  const rows = exporters.flatMap((name) => loads.filter(({ exporter }) => exporter === name))
  return `${table(HEAD, rows.map(row(base?.cpuMicrosPerSpan ?? Number.NaN)))}

Node ${machine.node.slice(1)}, ${machine.processor}, ${machine.cores} cores.`
}

const row =
  (baseMicros: number) =>
  (load: ExporterLoad): ReadonlyArray<string> => [
    NAMES[load.exporter],
    (load.cpuMicrosPerSpan / baseMicros).toFixed(2),
    millis(load.maxOwnMillis),
    millis(load.p999OwnMillis),
    millis(load.warmUpMaxOwnMillis),
    load.exporter === 'no-op' ? '' : String(load.spans - load.spansSent),
  ]

const millis = (value: number): string => `${value.toFixed(1)} ms`

const tenths = (value: number): number => Math.round(value * 10) / 10

const sum = (values: ReadonlyArray<number>): number => values.reduce((all, one) => all + one, 0)
