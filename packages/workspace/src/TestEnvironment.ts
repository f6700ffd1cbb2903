/** The environment of the command line in memory: readable files, and everything that was written and printed. */
import type { Capabilities } from '@sentry-exporter/cli'
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
    readFile: (path) => {
      const content = readable[path]
      if (content === undefined) return TE.left({ path, reason: 'no such file or folder' })
      return TE.right(typeof content === 'string' ? new TextEncoder().encode(content) : content)
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
    send: () => TE.left('no Sentry here'),
    loadConfig: () => TE.left(['no configuration here']),
    startGateway: () => TE.left(['no gateway here']),
    variable: () => undefined,
    interrupted: () => Promise.resolve(),
    onHangup: () => undefined,
  }
}
