/** The effects of the command line, as a record. Commands take it as an argument; tests pass their own. */
import { withoutCredentials } from '@sentry-exporter/envelope/withoutCredentials'
import type { Check } from '@sentry-exporter/exporter/Check'
import type { Outcome } from '@sentry-exporter/exporter/Outcome'
import type { Gateway, GatewayConfig } from '@sentry-exporter/gateway'
import type { OtlpInput } from '@sentry-exporter/otlp/OtlpInput'
import type * as T from '#fp-ts/Task'
import type * as TE from '#fp-ts/TaskEither'
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
  /** Whether recorded times are kept. Otherwise all are shifted alike, so that the latest is now. */
  readonly keepsTimes: boolean
}

/** A configuration that can be started, with its warnings and notes, one line each. */
export interface LoadedGateway {
  readonly config: GatewayConfig.GatewayConfig
  readonly notes: ReadonlyArray<string>
}

export interface Capabilities {
  /** The path `-` is standard input. */
  readonly readFile: (path: string) => TE.TaskEither<FileError, Uint8Array>
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
  /** Sends input that was read. The error is a message about the options. */
  readonly send: (options: SendOptions, input: OtlpInput) => TE.TaskEither<string, Outcome>
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
