/** A runtime that is a command: it runs a file. */
import { execFile } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { LIMIT_MILLIS, type Runtime } from './Runtime.ts'

// model

export interface RuntimeCommand {
  readonly name: string
  readonly conditions: ReadonlyArray<string>
  readonly executable: string
  /** Before the name of the file. */
  readonly args?: ReadonlyArray<string>
}

// constructors

const FILE = 'program.mjs'

export const commandRuntime = ({
  name,
  conditions,
  executable,
  args = [],
}: RuntimeCommand): Runtime => ({
  name,
  conditions,
  missing: () => (existsSync(executable) ? undefined : `there is no ${executable}`),
  run: async ({ source, folder }, input) => {
    const path = join(folder, FILE)
    writeFileSync(path, `${source}\nconsole.log(await run(process.argv[2]))\n`)
    try {
      const { stdout } = await promisify(execFile)(executable, [...args, FILE, input], {
        cwd: folder,
        timeout: LIMIT_MILLIS,
      })
      return stdout.trim()
    } finally {
      rmSync(path)
    }
  },
})
