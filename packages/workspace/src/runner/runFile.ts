/**
 * Runs the uvu suites of one test file in this process and judges by their counts, since uvu's own exit code
 * stays 0 when a hook throws, a `.run()` is forgotten or a `.only` is left behind.
 */
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import * as Report from './Report.ts'

/** The function that uvu queues for each `.run()`: it gives `[errors, passed, skipped, total]`. */
type QueuedSuite = () => Promise<readonly [string | true, number, number, number]>

interface UvuGlobals {
  UVU_DEFER?: number
  UVU_INDEX?: number
  UVU_QUEUE?: Array<Array<QueuedSuite>>
}

/** Imports the file, runs what it queued, and adds up. Never rejects. */
export const runFile = async (path: string, inCi: boolean): Promise<Report.Report> => {
  const source = readFileSync(path, 'utf8')
  if (inCi && /\.only\s*\(/.test(source)) return Report.broken('`.only(` was left in the file')
  const queue: Array<QueuedSuite> = []
  // uvu's whole interface to a runner is these three globals.
  const globals = globalThis as typeof globalThis & UvuGlobals
  globals.UVU_DEFER = 1
  globals.UVU_QUEUE = [queue]
  globals.UVU_INDEX = 0
  try {
    await import(pathToFileURL(path).href)
  } catch (error) {
    return Report.broken(`the file could not be loaded: ${show(error)}`)
  }
  const declared = source.match(/\bsuite\s*(<[^>]*>)?\s*\(/g)?.length ?? 0
  if (queue.length === 0 || queue.length < declared) {
    return Report.broken(
      `${declared} suites were declared, ${queue.length} were run: \`.run()\` is missing`,
    )
  }
  let report = Report.empty
  for (const suite of queue) report = Report.concat(report, await runSuite(suite))
  return report
}

const runSuite = async (suite: QueuedSuite): Promise<Report.Report> => {
  try {
    const [errors, passed, skipped, total] = await suite()
    const failed = total - passed
    if (total === 0 && skipped === 0) return Report.broken('a suite without a test')
    // A hook that throws, or a test that throws no Error, shows only in the counts.
    const silent =
      failed > 0
        ? [`${failed} of ${total} tests did not finish: a hook failed, or no Error was thrown`]
        : []
    return { passed, failed, skipped, failures: errors === true ? silent : [errors] }
  } catch (error) {
    return Report.broken(`a hook failed after the suite: ${show(error)}`)
  }
}

const show = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)
