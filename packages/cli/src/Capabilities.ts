/** What the command line may do to the world. Commands take it as an argument; tests pass one of their own. */
import type { Check } from '@sentry-exporter/exporter/Check'
import type * as T from '#fp-ts/Task'
import type * as TE from '#fp-ts/TaskEither'
import type { Sink, SinkOptions } from './Sink.ts'

// model

/** Why something could not be read or written, in the words of the system. */
export interface FileError {
  readonly path: string
  readonly reason: string
}

export interface CheckOptions {
  readonly dsn: string
  readonly insecureSkipVerify: boolean
  /** For each request. */
  readonly timeoutMillis: number
}

export interface Capabilities {
  readonly readFile: (path: string) => TE.TaskEither<FileError, Uint8Array>
  readonly writeFile: (path: string, bytes: Uint8Array) => TE.TaskEither<FileError, void>
  /** Makes a folder with all above it, and removes the files in it whose names match. */
  readonly prepareFolder: (path: string, stale: RegExp) => TE.TaskEither<FileError, void>
  /** Whether standard output is a terminal: only there is colour shown. */
  readonly isTerminal: boolean
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** With the installed viewer; else why it cannot listen, in the words of the system. */
  readonly openSink: (options: Omit<SinkOptions, 'viewer'>) => TE.TaskEither<string, Sink>
  /** Asks Sentry whether a DSN works. */
  readonly check: (options: CheckOptions) => T.Task<Check>
  /** A variable of the environment, if it is set and not empty. */
  readonly variable: (name: string) => string | undefined
  /** Ends when the user wants the program to end. */
  readonly interrupted: T.Task<void>
}

// destructors

export const show = (error: FileError): string => `${error.path}: ${error.reason}`
