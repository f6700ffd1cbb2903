/** The effects of the command line, as a record. Commands take it as an argument; tests pass their own. */
import { withoutCredentials } from '@sentry-exporter/envelope/withoutCredentials'
import type { Check } from '@sentry-exporter/exporter/Check'
import type { Exporter } from '@sentry-exporter/exporter/Exporter'
import type { Gateway, GatewayConfig } from '@sentry-exporter/gateway'
import type { Clock } from '@sentry-exporter/transport/Clock'
import type * as E from '#fp-ts/Either'
import type * as T from '#fp-ts/Task'
import type * as TE from '#fp-ts/TaskEither'
import type { InputFile, KeptInput } from './input/InputFile.ts'
import type { Sink, SinkOptions } from './Sink.ts'

// model

/** Why a file could not be read or written. */
export interface FileError {
  readonly path: string
  /** Plain text for the common codes, else the message of the system. */
  readonly reason: string
}

export interface CheckOptions {
  readonly dsn: string
  readonly insecureSkipVerify: boolean
  /** The time limit of each request. */
  readonly timeoutMillis: number
}

export interface SendOptions extends CheckOptions {
  /** Set on every event. */
  readonly environment: string | undefined
  /** The most envelopes that are sent in a second; `undefined` for no limit. */
  readonly perSecond: number | undefined
  /** Called when something was sent or lost. */
  readonly onOutcome: () => void
}

export interface KeepOptions {
  /** Receives the number of bytes as they are read. */
  readonly onRead: (bytes: number) => void
  /** Whether the rest is not wanted. */
  readonly isEnded: () => boolean
}

/** A configuration that can be started, with its warnings and notes, one line each. */
export interface LoadedGateway {
  readonly config: GatewayConfig.GatewayConfig
  readonly notes: ReadonlyArray<string>
}

export interface Capabilities {
  /** The path `-` is standard input. */
  readonly openInput: (path: string) => TE.TaskEither<FileError, InputFile>
  /** Copies a stream to a temporary file, which can be read several times. */
  readonly keepInput: (file: InputFile, options: KeepOptions) => TE.TaskEither<FileError, KeptInput>
  readonly writeFile: (path: string, bytes: Uint8Array) => TE.TaskEither<FileError, void>
  /** Creates a folder with its parents, and removes the files in it whose names match. */
  readonly prepareFolder: (path: string, stale: RegExp) => TE.TaskEither<FileError, void>
  /** Whether standard output is a terminal. Colour is used only there. */
  readonly isTerminal: boolean
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** Opens a sink with the installed viewer. The error gives the reason why it cannot listen. */
  readonly openSink: (options: Omit<SinkOptions, 'viewer'>) => TE.TaskEither<string, Sink>
  /** Asks Sentry whether a DSN works. */
  readonly check: (options: CheckOptions) => T.Task<Check>
  /** Opens an exporter whose spans wait for the end of the input. The error is a message about the options. */
  readonly openExporter: (options: SendOptions) => E.Either<string, Exporter>
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  /** A text that no other call gives. */
  readonly salt: () => string
  /** The columns of the terminal of standard error; `undefined` for a file or a pipe. */
  readonly terminalColumns: () => number | undefined
  /** Loads the configuration of the gateway. The errors are all problems of it. */
  readonly loadConfig: (
    sources: GatewayConfig.ConfigSources,
  ) => TE.TaskEither<ReadonlyArray<string>, LoadedGateway>
  /** Starts the gateway. The errors are one line each. */
  readonly startGateway: (
    config: GatewayConfig.GatewayConfig,
  ) => TE.TaskEither<ReadonlyArray<string>, Gateway.Gateway>
  /** A variable of the environment, if it is set and not empty. */
  readonly variable: (name: string) => string | undefined
  /** Resolves at the first SIGINT or SIGTERM. */
  readonly interrupted: T.Task<void>
  /** Calls the function at each SIGHUP from now on, until the end of the process. */
  readonly onHangup: (react: () => void) => void
}

// encoding

/** A DSN may be given in the place of a file. */
export const show = (error: FileError): string =>
  `${shownPath(error.path)}: ${withoutCredentials(error.reason)}`

/** The name of a file in a message. */
export const shownPath = (path: string): string => withoutCredentials(path)
