/**
 * A policy: if Sentry refuses the key or the project of a DSN, another DSN of the project is asked for, and the envelope is sent
 * again with it. Later envelopes take the new DSN at once.
 *
 * @example
 * ```ts
 * import * as Dsn from '@sentry-exporter/envelope/Dsn'
 * import * as Sealed from '@sentry-exporter/envelope/Sealed'
 * import { type Sent, withRenewedDsn } from '@sentry-exporter/transport'
 *
 * const [old, renewed] = [Dsn.parse('https://old@host/1'), Dsn.parse('https://new@host/1')]
 * const answer = (status: number): Sent => {
 *   const body = { status, rateLimits: undefined, retryAfter: undefined }
 *   return status === 200
 *     ? { _tag: 'Right', right: { answer: body } }
 *     : { _tag: 'Left', left: { _tag: 'Refused', answer: body } }
 * }
 * if (old._tag === 'Right' && renewed._tag === 'Right') {
 *   const transport = withRenewedDsn(old.right, () => async () => renewed)(
 *     ({ dsn }) => async () => answer(dsn.publicKey === 'new' ? 200 : 403),
 *   )
 *   console.log((await transport(Sealed.bare(old.right))())._tag) // Right
 * }
 * ```
 */
import type { Dsn } from '@sentry-exporter/envelope/Dsn'
import * as E from '#fp-ts/Either'
import type * as TE from '#fp-ts/TaskEither'
import { type AbortSignalLike, onAbort } from './internal/onAbort.ts'
import type { Policy, Sent } from './Transport.ts'
import * as TransportError from './TransportError.ts'

// model

/** Gives another DSN of the project; `undefined` if it has none. An error is that of the envelope, and may be temporary. */
export type RenewDsn = (
  refused: Dsn,
) => TE.TaskEither<TransportError.TransportError, Dsn | undefined>

// transformations

/** The DSN of envelopes is not looked at: all go to the project of `first`. An abort ends the search for another DSN. */
export const withRenewedDsn =
  (first: Dsn, renew: RenewDsn): Policy =>
  (transport) => {
    let current = first
    return (sealed, signal) => async () => {
      const tried = current
      const sent = await transport({ ...sealed, dsn: tried }, signal)()
      if (!isRefused(sent)) return sent
      // Another envelope may have renewed it meanwhile.
      const renewed = current === tried ? await cuttable(renew(tried), signal) : E.right(current)
      if (E.isLeft(renewed)) return renewed
      if (renewed.right === undefined) return sent
      current = renewed.right
      return transport({ ...sealed, dsn: current }, signal)()
    }
  }

/** Ends with `Closed` as soon as the signal aborts. */
const cuttable = <A>(
  task: TE.TaskEither<TransportError.TransportError, A>,
  signal: AbortSignalLike | undefined,
): Promise<E.Either<TransportError.TransportError, A>> =>
  new Promise((resolve) => {
    const remove = onAbort(signal, () => resolve(E.left(TransportError.closed)))
    const settle = (answer: E.Either<TransportError.TransportError, A>): void => {
      remove()
      resolve(answer)
    }
    task().then(settle, () => settle(E.left(TransportError.unreachable(REJECTED))))
  })

/** A search must not reject. One that does must not keep the envelope. */
const REJECTED = 'the search for another DSN rejected'

/** An unknown key, a key of another project, a project that is not there. Source: `Check` of the package `exporter`. */
const KEY_STATUSES: ReadonlySet<number> = new Set([401, 403, 404])

const isRefused = (sent: Sent): boolean =>
  E.isLeft(sent) && sent.left._tag === 'Refused' && KEY_STATUSES.has(sent.left.answer.status)
