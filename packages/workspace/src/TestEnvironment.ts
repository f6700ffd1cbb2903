/** The environment of the command line in memory: readable files, and everything that was written and printed. */
import type { Capabilities, InputFile } from '@sentry-exporter/cli'
import * as E from '#fp-ts/Either'
import * as TE from '#fp-ts/TaskEither'

// model

export interface TestEnvironment extends Capabilities {
  readonly files: Map<string, Uint8Array>
  readonly printed: { stdout: string; stderr: string }
}

// constructors

/** With files of this content. */
export const testEnvironment = (
  readable: Readonly<Record<string, string | Uint8Array>>,
): TestEnvironment => {
  const files = new Map<string, Uint8Array>()
  const printed = { stdout: '', stderr: '' }
  return {
    files,
    printed,
    openInput: (path) => {
      const content = readable[path]
      if (content === undefined) return TE.left({ path, reason: 'no such file or folder' })
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
      return TE.right(inputOf(path, bytes))
    },
    keepInput: (file) => async () => {
      const kept: Array<Uint8Array> = []
      for await (const chunk of file.chunks()) if (E.isRight(chunk)) kept.push(chunk.right)
      const copy = inputOf('copy', Buffer.concat(kept))
      return E.right({ ...copy, path: file.path, remove: async () => undefined })
    },
    writeFile: (path, bytes) => TE.fromIO(() => void files.set(path, bytes)),
    prepareFolder: () => TE.right(undefined),
    isTerminal: false,
    stdout: (text) => {
      printed.stdout += text
    },
    stderr: (text) => {
      printed.stderr += text
    },
    openSink: () => TE.left('no sink here'),
    check: () => () => Promise.resolve({ _tag: 'Unreachable', reason: 'no network here' }),
    openExporter: () => E.left('no Sentry here'),
    clock: { now: () => 0 },
    salt: () => 'salt',
    terminalColumns: () => undefined,
    loadConfig: () => TE.left(['no configuration here']),
    startGateway: () => TE.left(['no gateway here']),
    variable: () => undefined,
    interrupted: () => Promise.resolve(),
    onHangup: () => undefined,
  }
}

/** A file in memory. The path `-` is a stream, which can be read once. */
const inputOf = (path: string, bytes: Uint8Array): InputFile => {
  let isRead = false
  return {
    path,
    size: path === '-' ? undefined : bytes.length,
    chunks: async function* () {
      if (path === '-' && isRead) throw new Error('a stream was read twice')
      isRead = true
      yield E.right(bytes)
    },
  }
}
