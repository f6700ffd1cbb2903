/**
 * Delivers sealed envelopes. Behaviour is added by wrapping: a `Policy` takes a transport and gives one.
 */

import type { Sealed } from '@sentry-exporter/envelope/Sealed'
import type * as E from '#fp-ts/Either'
import type * as TE from '#fp-ts/TaskEither'
import type { Answer } from './Answer.ts'
import type { TransportError } from './TransportError.ts'

// model

export interface Delivered {
  readonly answer: Answer
  /** How often it was tried again before it was taken; none if left out. */
  readonly retries?: number
}

/** What became of an envelope. */
export type Sent = E.Either<TransportError, Delivered>

export type Transport = (sealed: Sealed) => TE.TaskEither<TransportError, Delivered>

export type Policy = (transport: Transport) => Transport

/**
 * A transport without a promise for each envelope, for many that wait. Calls back once for each, perhaps at once, and
 * leaves it to the given envelope not to be kept.
 */
export type Give = (sealed: Sealed, settle: (sent: Sent) => void) => void
