/** Runs TypeScript files as programs, within a time limit. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { scope } from '../lint/packageRules.ts'
import { PROCESS_LIMIT_MILLIS } from '../runner/limit.ts'

// model

export interface RunSettings {
  /** The folder in which it runs. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Default: `PROCESS_LIMIT_MILLIS`. */
  readonly limitMillis?: number
}

export interface RunResult {
  /** `undefined` if it ended well. */
  readonly problem: string | undefined
  readonly printed: string
}

const MODULE_RUNNER = fileURLToPath(new URL('../bin/runModules.js', import.meta.url))

// decoding

/** The results that `bin/runModules.ts` prints, a line of JSON each; a module without a line did not end. */
const resultsOf = (
  files: ReadonlyArray<string>,
  { problem, printed }: RunResult,
): ReadonlyArray<RunResult> => {
  const ended = new Map<string, RunResult>(
    printed
      .split('\n')
      .filter((line) => line.startsWith('['))
      .map((line) => JSON.parse(line)),
  )
  return files.map((file) => ended.get(file) ?? { problem: problem ?? 'did not end', printed: '' })
}

// running

/** Runs one file in a process of its own. Never rejects. */
export const run =
  (settings: RunSettings) =>
  (file: string): Promise<RunResult> =>
    runNode(settings, [file])

/**
 * Runs modules one after the other in one process, which is much faster: most of the time goes into loading the packages.
 * They share the modules that they import. A result for each, in their order. Never rejects.
 */
export const runTogether =
  (settings: RunSettings) =>
  async (files: ReadonlyArray<string>): Promise<ReadonlyArray<RunResult>> =>
    resultsOf(files, await runNode(settings, [MODULE_RUNNER, ...files]))

const runNode = (
  { cwd, env, limitMillis = PROCESS_LIMIT_MILLIS }: RunSettings,
  args: ReadonlyArray<string>,
): Promise<RunResult> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [`--conditions=${scope}/source`, '--import', import.meta.resolve('tsx'), ...args],
      { cwd, timeout: limitMillis, env: { ...process.env, ...env } },
      (error, stdout, stderr) => {
        const problem =
          error === null
            ? undefined
            : error.killed === true
              ? `still running after ${limitMillis} ms`
              : stderr || error.message
        resolve({ problem, printed: stdout.trimEnd() })
      },
    )
  })
