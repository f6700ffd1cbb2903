/**
 * Runs test files in processes, a few at a time, each file within a time limit. With a date in the variable
 * `SENTRY_EXPORTER_CLOCK` these processes, and those that they start, begin at that date.
 */
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../lint/Workspace.ts'
import { fileGroups } from './fileGroups.ts'
import { PROCESS_LIMIT_MILLIS } from './limit.ts'
import * as Report from './Report.ts'
import { runGroup } from './runGroup.ts'

// model

/** How a run of test files is set up. */
export interface TestRun {
  readonly root: string
  readonly files: ReadonlyArray<string>
  /** After this many milliseconds the process of a file is killed, which counts as a failure. Default: `PROCESS_LIMIT_MILLIS`. */
  readonly limitMillis?: number
  readonly print: (line: string) => void
  /** Variables that differ from those of this process: `SENTRY_EXPORTER_CLOCK`, `TZ`, `LANG`. */
  readonly environment?: Readonly<Record<string, string>>
}

/** Built, since Node loads it before `tsx`. */
const SHIFT_CLOCK = pathToFileURL(join(root, 'packages/workspace/dist/runner/shiftClock.js')).href

// guards

/** Whether nothing could run: allowed for one file, but not for a whole run. */
const isSkipped = ({ failed, skipped }: Report.Report): boolean => failed === 0 && skipped > 0

// running

/** The sum of all reports. A run without a file is a failure. */
export const runAll = async (run: TestRun): Promise<Report.Report> => {
  if (run.files.length === 0) return Report.broken('no test file was found')
  const waiting = [...fileGroups(run.root, run.files)]
  const environment = environmentOf(run)
  let total = Report.empty
  const worker = async (): Promise<void> => {
    for (let files = waiting.shift(); files !== undefined; files = waiting.shift()) {
      let startMillis = Date.now()
      const left = await runGroup({
        files,
        environment,
        limitMillis: run.limitMillis ?? PROCESS_LIMIT_MILLIS,
        onReport: (file, report) => {
          const endMillis = Date.now()
          print(run, file, report, endMillis - startMillis)
          startMillis = endMillis
          total = Report.concat(total, report)
        },
      })
      if (left.length > 0) waiting.unshift(left)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  return total
}

const print = (run: TestRun, file: string, report: Report.Report, millis: number): void => {
  const word = Report.isGood(report) || isSkipped(report) ? 'ok  ' : 'FAIL'
  const seconds = (millis / 1000).toFixed(1)
  run.print(`${word} ${relative(run.root, file)}: ${Report.show(report)} (${seconds} s)`)
  for (const failure of report.failures) run.print(failure)
}

/** Processes that a test starts read `NODE_OPTIONS` too. */
const environmentOf = ({ environment }: TestRun): NodeJS.ProcessEnv => {
  const given = { ...process.env, ...environment }
  // The clock of this process may be shifted too; a run with a date of its own starts at that date.
  if (environment?.['SENTRY_EXPORTER_CLOCK'] !== undefined) {
    delete given['SENTRY_EXPORTER_CLOCK_SHIFT_MILLIS']
  }
  const { SENTRY_EXPORTER_CLOCK: date, NODE_OPTIONS: options = '' } = given
  return date === undefined || options.includes(SHIFT_CLOCK)
    ? given
    : { ...given, NODE_OPTIONS: `${options} --import=${SHIFT_CLOCK}`.trim() }
}
