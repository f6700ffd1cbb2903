/** What reads one format of stack trace text. One parser a file; `StackTrace.parse` chooses among them. */
import type { ParsedException } from './ParsedException.ts'

// model

/** What OpenTelemetry says of one exception. */
export interface Source {
  /** `exception.type`; `undefined` where it was not sent. */
  readonly type: string | undefined
  /** `exception.message`, which may hold several lines. */
  readonly message: string | undefined
  /** `exception.stacktrace`. */
  readonly stacktrace: string
  /** `telemetry.sdk.language` of the resource: `nodejs`, `webjs`, `java`, ... */
  readonly language: string | undefined
}

export interface Parser {
  /** Sentry's name of the platform: `node`, `python`, `java`, ... */
  readonly platform: string
  /** The values of `telemetry.sdk.language` whose SDKs send this format. */
  readonly languages: ReadonlyArray<string>
  /** Whether a text looks like this format. Linear in the text; never true for plain prose. */
  readonly recognises: (stacktrace: string) => boolean
  /**
   * The exceptions in the text, the outermost first. Total and linear: whatever the text, it neither throws nor
   * invents a frame. Without any frame in the text it gives the exception itself with no frames.
   */
  readonly parse: (source: Source) => ReadonlyArray<ParsedException>
}
