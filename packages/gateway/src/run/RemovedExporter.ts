/** An exporter that the configuration has no longer: it sends what it holds within a time, and then only its counts stay. */
import * as Outcome from '@sentry-exporter/exporter/Outcome'
import * as RunningExporter from '../pipeline/RunningExporter.ts'

// model

export interface RemovedExporter {
  readonly reported: () => RunningExporter.ReportedExporter
  /** Gives it at most this many milliseconds from now on. Resolves when it has ended. May be called again with less. */
  readonly end: (timeoutMillis: number) => Promise<void>
}

// running

export const remove = (running: RunningExporter.RunningExporter): RemovedExporter => {
  let [reported, exporter] = [draining(running), running.exporter]
  return {
    reported: () => reported,
    end: async (timeoutMillis) => {
      await exporter.shutdown(timeoutMillis)
      reported = ended(reported)
    },
  }
}

/** No request goes to it, so that its full queue refuses none. */
const draining = (running: RunningExporter.RunningExporter): RunningExporter.ReportedExporter => {
  const { id, outcome, backlog } = RunningExporter.reported(running)
  return {
    id,
    outcome,
    backlog: () => ({ ...backlog(), isFull: false }),
    isDown: () => false,
    projects: () => undefined,
  }
}

/** Holds values only, so that the exporter with its sent history is freed. */
const ended = ({
  id,
  outcome,
  backlog,
  isDown,
  projects,
}: RunningExporter.ReportedExporter): RunningExporter.ReportedExporter => {
  const [total, rest] = [outcome(), backlog()]
  return { id, outcome: () => total, backlog: () => rest, isDown, projects }
}

/** The figures of two that had one id, as their counters go on. */
export const concat = (
  former: RunningExporter.ReportedExporter | undefined,
  latter: RunningExporter.ReportedExporter,
): RunningExporter.ReportedExporter => {
  if (former === undefined) return latter
  const total = Outcome.Monoid.concat(former.outcome(), latter.outcome())
  return { ...latter, outcome: () => total }
}
