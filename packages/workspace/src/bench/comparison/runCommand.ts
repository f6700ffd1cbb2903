/** Runs a program to its end, in a process group of its own, so that it can be ended with all that it started. */
import { spawn } from 'node:child_process'

// model

export interface CommandOptions {
  readonly cwd: string
  /** Ends the program and its children. */
  readonly signal?: AbortSignal
}

// running

/** The standard output of the program. Rejects, once the program has ended, if it failed or was ended. */
export const runCommand = (
  program: string,
  args: ReadonlyArray<string>,
  { cwd, signal }: CommandOptions,
): Promise<string> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const child = spawn(program, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    const end = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
      } catch {
        // All processes of the group have ended meanwhile.
      }
    }
    signal?.addEventListener('abort', end, { once: true })
    const settle = (problem: string | undefined): void => {
      signal?.removeEventListener('abort', end)
      if (signal?.aborted) reject(signal.reason)
      else if (problem === undefined) resolve(stdout)
      else reject(new Error(`${[program, ...args].join(' ')}\n${stdout}${stderr}${problem}`))
    }
    child.on('error', (error) => settle(error.message))
    child.on('close', (status, killedBy) =>
      settle(status === 0 ? undefined : `ended with ${status ?? killedBy}`),
    )
  })
