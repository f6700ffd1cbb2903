/** This project's span processor and that of `@sentry/opentelemetry` on the same spans: spans lost, errors made, CPU. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { median } from '../../bench/median.ts'
import * as Peers from '../../bench/peers/Peers.ts'
import * as PerformanceReport from '../../performance/PerformanceReport.ts'
import type { Campaign } from '../Campaign.ts'
import { type SideName, sides } from './ComparedExporter.ts'
import * as ComparisonReport from './ComparisonReport.ts'
import { type ComparedProgram, scenarios } from './scenarios.ts'
import type { SideRun } from './sideRun.ts'

const NAME = '@sentry/opentelemetry'

/** Of each side, in turns. */
const PROCESSES = 3

export const sentryOpenTelemetry: Campaign = {
  name: 'sentry-opentelemetry',
  description: 'the same spans through @sentry/opentelemetry 10 and through this project',
  section: {
    document: 'docs/guides/from-sentry-opentelemetry.md',
    // The report of this campaign.
    text: (report) => ComparisonReport.show(report as ComparisonReport.ComparisonReport),
  },
  run: async () => {
    if (!Peers.areInstalled()) throw new Error(`@sentry/opentelemetry is needed: ${Peers.INSTALL}`)
    const reports: Array<ComparisonReport.ScenarioReport> = []
    for (const scenario of scenarios) {
      const report = await compare(scenario)
      reports.push(report)
      console.log(JSON.stringify(report))
    }
    return {
      other: `${NAME} ${Peers.versionOf(NAME)}`,
      machine: PerformanceReport.machine(),
      scenarios: reports,
    }
  },
}

// running

/** Throws if this project loses a span or an error, or if the sides were not given the same spans. */
const compare = async (scenario: ComparedProgram): Promise<ComparisonReport.ScenarioReport> => {
  const runs: Record<SideName, Array<SideRun>> = { sentry: [], own: [] }
  for (let nth = 0; nth < (scenario.measured === undefined ? 1 : PROCESSES); nth++) {
    for (const side of sides) runs[side].push(await inProcess(side, scenario.name))
  }
  const [sentry, own] = [runs.sentry[0], runs.own[0]]
  if (sentry === undefined || own === undefined) throw new Error('no run')
  if (new Set([...runs.sentry, ...runs.own].map(({ digest }) => digest)).size !== 1) {
    throw new Error(`${scenario.name}: the spans are not the same`)
  }
  const { spansIn, spansSent, countedLost, errors, notWhole, uncaught, repeated } = own
  const seen = JSON.stringify([spansSent, countedLost, errors, notWhole, uncaught, repeated])
  const expected = JSON.stringify([spansIn, 0, scenario.errors, 0, 0, 0])
  if (seen !== expected) throw new Error(`${scenario.name}: ${seen}, expected ${expected}`)
  return {
    name: scenario.name,
    spans: spansIn,
    sentry: reportOf(sentry, runs.sentry),
    own: reportOf(own, runs.own),
  }
}

const inProcess = async (side: SideName, scenario: string): Promise<SideRun> => {
  const program = fileURLToPath(new URL('../../bin/sentryOpenTelemetry.js', import.meta.url))
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', program, side, scenario],
    { encoding: 'utf8', timeout: 300_000 },
  )
  return JSON.parse(stdout)
}

const reportOf = (
  { spansSent, countedLost, transactions, notWhole, errors, uncaught }: SideRun,
  runs: ReadonlyArray<SideRun>,
): ComparisonReport.SideReport => {
  const measured = runs.flatMap(({ cpuMicrosPerSpan }) => cpuMicrosPerSpan ?? [])
  return {
    spansSent,
    countedLost,
    transactions,
    notWhole,
    errors,
    uncaught,
    cpuMicrosPerSpan: measured.length === 0 ? undefined : Math.round(median(measured) * 100) / 100,
  }
}
