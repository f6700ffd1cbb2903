/** The effects that loading a configuration needs, as arguments. */
import type * as E from '#fp-ts/Either'

// model

export interface ConfigCapabilities {
  /** The value of an environment variable; `undefined` if it is not set. */
  readonly env: (name: string) => string | undefined
  /** The text of a file, or the reason why it cannot be read. Never rejects. */
  readonly readFile: (path: string) => Promise<E.Either<string, string>>
}
