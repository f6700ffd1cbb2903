/** Runs a program of this machine, within a time limit. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

// model

export interface ToolSettings {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Installing packages for the first time may take long. */
const LIMIT_MILLIS = 300_000

/** The variables of this process may have others for the SDKs. */
const inherited = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('OTEL_')),
)

// running

/** Gives its output. Rejects if it does not exist, fails, or takes too long. */
export const runTool = async (
  program: string,
  args: ReadonlyArray<string>,
  { cwd, env }: ToolSettings = {},
): Promise<string> => {
  const { stdout, stderr } = await promisify(execFile)(program, args, {
    timeout: LIMIT_MILLIS,
    env: { ...inherited, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  })
  return `${stdout}${stderr}`.trim()
}

/** The same, or `undefined` if it does not run. */
export const tryTool = (...call: Parameters<typeof runTool>): Promise<string | undefined> =>
  runTool(...call).catch(() => undefined)
