/** A server that an extension guards. */
import type { Located } from '../codec/Codec.ts'

// model

/** A server whose `auth` is still the name of an extension. */
export interface Guarded<A> {
  readonly config: A
  readonly authenticator: Located<string> | undefined
}
