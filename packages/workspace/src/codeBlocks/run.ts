/** Runs one TypeScript file as a program of its own, within a time limit. */
import { execFile } from 'node:child_process'
import { scope } from '../lint/packageRules.ts'

// model

export interface Place {
  /** The folder in which it runs. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly limitMillis: number
}

export interface Ran {
  /** `undefined` if it ended well. */
  readonly problem: string | undefined
  readonly printed: string
}

// running

/** Never rejects. */
export const run =
  ({ cwd, env, limitMillis }: Place) =>
  (file: string): Promise<Ran> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        [`--conditions=${scope}/source`, '--import', import.meta.resolve('tsx'), file],
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
