/** A parser reads one format of stack trace text. `StackTrace.parse` chooses among several. */
import type { ParsedException } from './ParsedException.ts'
import type { CacheBounds } from './text/LineCache.ts'

// model

/** The attributes that OpenTelemetry records for one exception. */
export interface Source {
  /** `exception.type`; `undefined` if it was not sent. */
  readonly type: string | undefined
  /** `exception.message`, which may have several lines. */
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
  /** Whether a text looks like this format. Linear in the text; `false` for plain prose. */
  readonly recognises: (stacktrace: string) => boolean
  /**
   * The exceptions in the text, the outermost first. Total and linear: it throws on no text and makes up no frame. A text
   * without frames gives the exception of the attributes, without frames.
   */
  readonly parse: (source: Source) => ReadonlyArray<ParsedException>
  /**
   * Matches the trimmed lines that the format writes between frames and messages and that hold nothing of an exception:
   * `... 3 more`. Such a line may be in no exception, and all of the text was read even so.
   */
  readonly separator?: RegExp | undefined
  /**
   * The text in this format, of a text that has its frames without the words around them; `undefined` for any other
   * text. It is tried where no parser finds a frame in a text itself.
   */
  readonly rewrite?: ((stacktrace: string) => string | undefined) | undefined
  /**
   * A parser with the same results, which works out the frame of a line once and remembers it for a bounded number of lines. Its
   * frames are frozen. Absent where nothing is remembered.
   */
  readonly cached?: ((bounds?: CacheBounds) => Parser) | undefined
}
