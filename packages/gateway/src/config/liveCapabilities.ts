/** The files and the environment of this process. */
import { readFile } from 'node:fs/promises'
import * as E from '#fp-ts/Either'
import type { ConfigCapabilities } from './ConfigCapabilities.ts'

// constructors

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
}

export const liveCapabilities: ConfigCapabilities = {
  // `constructor` is no variable.
  env: (name) => (Object.hasOwn(process.env, name) ? process.env[name] : undefined),
  readFile: async (path) => {
    try {
      return E.right(await readFile(path, 'utf8'))
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error'
      return E.left(REASONS[code] ?? code)
    }
  },
}
