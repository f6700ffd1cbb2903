/** Runs test files one after the other in a process of their own. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { scope } from '../lint/packageRules.ts'
import * as Report from './Report.ts'

// model

export interface GroupRun {
  /** At least one. */
  readonly files: ReadonlyArray<string>
  readonly environment: NodeJS.ProcessEnv
  /** For each file. After it the process is killed. */
  readonly limitMillis: number
  /** Called for each file that ended, in their order; the last one may be a file that ended its process. */
  readonly onReport: (file: string, report: Report.Report) => void
}

const CHILD = fileURLToPath(new URL('../bin/testFile.js', import.meta.url))

// running

/** Resolves with the files that did not run, because one before them ended the process. Never rejects. */
export const runGroup = (run: GroupRun): Promise<ReadonlyArray<string>> =>
  new Promise((resolve) => {
    const { files, limitMillis, onReport } = run
    const child = start(run)
    const waiting = [...files]
    let printed = ''
    // The process of the last file may still fail after its report.
    let last: Report.Report | undefined
    let isLate = false
    const collect = (chunk: unknown): void => {
      printed += String(chunk)
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    const limit = (): NodeJS.Timeout =>
      setTimeout(() => {
        isLate = true
        child.kill('SIGKILL')
      }, limitMillis)
    let timer = limit()
    const settle = (report: Report.Report): void => {
      const file = waiting.shift()
      if (file !== undefined) onReport(file, report)
    }
    child.on('message', (message) => {
      clearTimeout(timer)
      timer = limit()
      // The child is our own program and sends nothing but reports, one for each file.
      const report = message as Report.Report
      if (waiting.length > 1) settle(report)
      else last = report
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      settle(last ? ended(last, code, printed) : broken(isLate, run, code, printed))
      resolve(waiting)
    })
  })

const start = ({ files, environment }: GroupRun): ChildProcess =>
  fork(CHILD, [...files], {
    execArgv: [`--conditions=${scope}/source`, '--import', 'tsx'],
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })

/** The report of the last file, once its process has ended. */
const ended = (report: Report.Report, code: number | null, printed: string): Report.Report =>
  report.failed === 0 && code !== 0
    ? Report.concat(report, Report.broken(`ended with code ${code}\n${printed}`))
    : report

/** The report of a file that ended its process. */
const broken = (
  isLate: boolean,
  { limitMillis }: GroupRun,
  code: number | null,
  printed: string,
): Report.Report =>
  Report.broken(
    isLate
      ? `still running after ${limitMillis} ms\n${printed}`
      : `ended with code ${code} before it reported\n${printed}`,
  )
