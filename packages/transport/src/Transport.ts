/**
 * Delivers sealed envelopes. Behaviour is added by wrapping: a `Policy` takes a transport and gives one.
 */

import type { EnvelopeMeta, Sealed } from '@sentry-exporter/envelope/Sealed'
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
 * A transport without a promise for each envelope, for many that wait: one function may serve all of them. It is called
 * once for each, perhaps at once, with what is known of the envelope; its bytes may be gone by then.
 */
export type Enqueue = (sealed: Sealed, settle: OnSettled) => void

export type OnSettled = (sent: Sent, about: EnvelopeMeta) => void
