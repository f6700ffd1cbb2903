/**
 * Runs every test file in a process of its own, a few at a time, each within a time limit. With a date in the variable
 * `SENTRY_EXPORTER_CLOCK` these processes, and those that they start, begin at that date.
 */
import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { scope } from '../lint/packageRules.ts'
import { root } from '../lint/Workspace.ts'
import { PROCESS_LIMIT_MILLIS } from './limit.ts'
import * as Report from './Report.ts'

const CHILD = fileURLToPath(new URL('../bin/testFile.js', import.meta.url))

/** Built, since Node loads it before `tsx`. */
const SHIFT_CLOCK = pathToFileURL(join(root, 'packages/workspace/dist/runner/shiftClock.js')).href

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

/** The sum of all reports. A run without a file is a failure. */
export const runAll = async (run: TestRun): Promise<Report.Report> => {
  if (run.files.length === 0) return Report.broken('no test file was found')
  const waiting = [...run.files]
  let total = Report.empty
  const worker = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const startMillis = Date.now()
      const report = await runInChild(file, run)
      const seconds = ((Date.now() - startMillis) / 1000).toFixed(1)
      run.print(
        `${Report.isGood(report) || isSkipped(report) ? 'ok  ' : 'FAIL'} ${relative(run.root, file)}: ${Report.show(report)} (${seconds} s)`,
      )
      for (const failure of report.failures) run.print(failure)
      total = Report.concat(total, report)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  return total
}

/** Whether nothing could run: allowed for one file, but not for a whole run. */
const isSkipped = ({ failed, skipped }: Report.Report): boolean => failed === 0 && skipped > 0

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

const runInChild = (file: string, run: TestRun): Promise<Report.Report> =>
  new Promise((resolve) => {
    const { limitMillis = PROCESS_LIMIT_MILLIS } = run
    const child = fork(CHILD, [file], {
      execArgv: [`--conditions=${scope}/source`, '--import', 'tsx'],
      env: environmentOf(run),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    let printed = ''
    child.stdout?.on('data', (chunk) => {
      printed += String(chunk)
    })
    child.stderr?.on('data', (chunk) => {
      printed += String(chunk)
    })
    let report: Report.Report | undefined
    let timedOut = false
    child.on('message', (message) => {
      // The child is our own program and sends nothing but its report.
      report = message as Report.Report
    })
    const timer = setTimeout(() => {
      timedOut = true
      child.kill('SIGKILL')
    }, limitMillis)
    child.on('close', (code) => {
      clearTimeout(timer)
      if (timedOut) resolve(Report.broken(`still running after ${limitMillis} ms\n${printed}`))
      else if (report === undefined)
        resolve(Report.broken(`ended with code ${code} before it reported\n${printed}`))
      else if (report.failed === 0 && code !== 0)
        resolve(Report.concat(report, Report.broken(`ended with code ${code}\n${printed}`)))
      else resolve(report)
    })
  })
