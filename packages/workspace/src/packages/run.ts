/** Runs a program to its end, within a time limit. Its output, or an error that contains it. */
import { execFile } from 'node:child_process'
import { PROCESS_LIMIT_MILLIS } from '../runner/limit.ts'

export interface RunOptions {
  readonly cwd: string
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>
  readonly limitMillis?: number
}

export interface Printed {
  readonly stdout: string
  readonly stderr: string
}

export const run = (
  program: string,
  args: ReadonlyArray<string>,
  { cwd, env = {}, limitMillis = PROCESS_LIMIT_MILLIS }: RunOptions,
): Promise<Printed> =>
  new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      { cwd, env: { ...process.env, ...env }, timeout: limitMillis, maxBuffer: MAX_PRINTED_BYTES },
      (error, stdout, stderr) => {
        if (error === null) resolve({ stdout, stderr })
        else reject(new Error(`${[program, ...args].join(' ')}\n${stdout}${stderr}${why(error)}`))
      },
    )
  })

const MAX_PRINTED_BYTES = 16 * 1024 * 1024

const why = (error: Error & { readonly killed?: boolean }): string =>
  error.killed === true ? 'it took too long' : ''

/** The same for a program in JavaScript. */
export const runNode = (args: ReadonlyArray<string>, options: RunOptions): Promise<Printed> =>
  run(process.execPath, args, options)
