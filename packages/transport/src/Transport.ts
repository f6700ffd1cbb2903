/** Delivers sealed envelopes. A `Policy` wraps a transport and adds behaviour. */
import type { EnvelopeMeta, Sealed } from '@sentry-exporter/envelope/Sealed'
import type * as E from '#fp-ts/Either'
import type * as TE from '#fp-ts/TaskEither'
import type { Answer } from './Answer.ts'
import type { AbortSignalLike } from './internal/onAbort.ts'
import type { TransportError } from './TransportError.ts'

// model

export interface Delivered {
  readonly answer: Answer
  /** The number of retries before the server accepted the envelope; absent for 0. */
  readonly retries?: number | undefined
}

/** The result of a delivery. */
export type Sent = E.Either<TransportError, Delivered>

/** If the signal aborts, nobody waits for the result any more: the attempt should end and free its connection. */
export type Transport = (
  sealed: Sealed,
  signal?: AbortSignalLike,
) => TE.TaskEither<TransportError, Delivered>

export type Policy = (transport: Transport) => Transport

/**
 * A transport without a promise for each envelope, for many that wait: one callback can serve all of them. It is called once
 * for each envelope, possibly before `Enqueue` returns, with the metadata of the envelope. The bytes may be discarded by then.
 */
export type Enqueue = (sealed: Sealed, settle: OnSettled) => void

export type OnSettled = (sent: Sent, envelope: EnvelopeMeta) => void
