/** A `NodeSDK` application under 5,000 spans a second: what the exporter adds to its CPU, and how long it holds up the event loop. */
import * as PerformanceReport from '../../performance/PerformanceReport.ts'
import type { Campaign } from '../Campaign.ts'
import { exporters, type LoadedExporter } from './application.ts'
import * as LoadTable from './LoadTable.ts'
import { type LoadedRun, loadedRun, type SdkLoadPlan } from './loadedRun.ts'

/** Of each exporter, in turns. */
const RUNS = 3

const PLAN: SdkLoadPlan = { spansPerSecond: 5_000, warmUpSeconds: 4, seconds: 10 }

/** The longest delay that the design allows: of a timer, by work of its own thread. */
const MAX_DELAY_MILLIS = 20

export const sdkLoad: Campaign = {
  name: 'sdk-load',
  description: `a NodeSDK application with ${PLAN.spansPerSecond} spans a second`,
  section: {
    document: 'docs/opentelemetry.md',
    // The report of this campaign.
    text: (report) => LoadTable.show(report as LoadTable.SdkLoadReport),
  },
  run: async () => {
    const runs = new Map<LoadedExporter, Array<LoadedRun>>(exporters.map((name) => [name, []]))
    for (let nth = 0; nth < RUNS; nth++) {
      for (const exporter of exporters) {
        const run = await loadedRun(exporter, PLAN)
        console.log(JSON.stringify(run))
        check(run)
        runs.get(exporter)?.push(run)
      }
    }
    const loads = [...runs].map(([name, of]) => LoadTable.exporterLoad(name, of))
    checkDelays(loads)
    return {
      machine: PerformanceReport.machine(),
      spansPerSecond: PLAN.spansPerSecond,
      exporters: loads,
    }
  },
}

// guards

const check = ({ exporter, spansPerSecond, end, sent }: LoadedRun): void => {
  if (spansPerSecond < PLAN.spansPerSecond * 0.98) {
    throw new Error(
      `${exporter}: ${spansPerSecond} spans a second, expected ${PLAN.spansPerSecond}`,
    )
  }
  if (exporter !== 'no-op' && (end.waiting !== 0 || end.spansIn !== end.spans)) {
    throw new Error(`${exporter}: ${JSON.stringify(end)}`)
  }
  if (exporter !== 'no-op' && sent.spans !== end.spans) {
    throw new Error(`${exporter}: ${sent.spans} of ${end.spans} spans were sent`)
  }
}

/** An application without an exporter may be held up for longer: by the collection of garbage, or by the machine. */
const checkDelays = (loads: ReadonlyArray<LoadTable.ExporterLoad>): void => {
  const [base] = loads
  const limit = Math.max(MAX_DELAY_MILLIS, base?.maxOwnMillis ?? 0)
  for (const { exporter, maxOwnMillis } of loads) {
    if (maxOwnMillis > limit) {
      throw new Error(`${exporter}: a timer was ${maxOwnMillis} ms late, expected at most ${limit}`)
    }
  }
}
