/** The report of the comparison, and its table. */
import type * as PerformanceReport from '../../performance/PerformanceReport.ts'
import { table } from '../../performance/table.ts'
import { scenarios } from './scenarios.ts'
import type { SideRun } from './sideRun.ts'

// model

export interface ComparisonReport {
  /** Name and version of the other exporter. */
  readonly other: string
  readonly machine: PerformanceReport.MeasuredMachine
  readonly scenarios: ReadonlyArray<ScenarioReport>
}

export interface ScenarioReport {
  readonly name: string
  readonly spans: number
  readonly sentry: SideReport
  readonly own: SideReport
}

export interface SideReport
  extends Pick<
    SideRun,
    'spansSent' | 'countedLost' | 'transactions' | 'notWhole' | 'errors' | 'uncaught'
  > {
  /** The median of its processes. */
  readonly cpuMicrosPerSpan: number | undefined
}

const HEAD = [
  'scenario',
  'spans',
  "lost by Sentry's",
  'lost by this one',
  'transactions',
  'errors',
  'CPU of a span',
]

// encoding

/** Pairs of values are those of `@sentry/opentelemetry` and of this project. */
export const show = ({ scenarios: reports, other, machine }: ComparisonReport): string =>
  `${table(HEAD, reports.map(row))}\n\n\`${other}\`, Node ${machine.node.slice(1)}, ${machine.processor}, ${machine.cores} cores.`

const row = ({ name, spans, sentry, own }: ScenarioReport): ReadonlyArray<string> => [
  scenarios.find((scenario) => scenario.name === name)?.title ?? name,
  count(spans),
  lost(spans, sentry),
  lost(spans, own),
  `${count(sentry.transactions)} / ${count(own.transactions)}`,
  `${count(sentry.errors)} / ${count(own.errors)}`,
  cpu(sentry.cpuMicrosPerSpan, own.cpuMicrosPerSpan),
]

const lost = (spans: number, { spansSent, uncaught }: SideReport): string =>
  `${count(spans - spansSent)}${uncaught > 0 ? ', and the process ends' : ''}`

const cpu = (sentry: number | undefined, own: number | undefined): string =>
  sentry === undefined || own === undefined ? '' : `1 : ${(own / sentry).toFixed(2)}`

const count = (value: number): string => value.toLocaleString('en-US')
