/**
 * Delivers sealed envelopes. Behaviour is added by wrapping: a `Policy` takes a transport and gives one.
 */

import type { Sealed } from '@sentry-exporter/envelope/Sealed'
import type * as TE from '#fp-ts/TaskEither'
import type { Answer } from './Answer.ts'
import type { TransportError } from './TransportError.ts'

// model

export interface Delivered {
  readonly answer: Answer
  /** How often it was tried again before it was taken; none if left out. */
  readonly retries?: number
}

export type Transport = (sealed: Sealed) => TE.TaskEither<TransportError, Delivered>

export type Policy = (transport: Transport) => Transport
