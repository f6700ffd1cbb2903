/** A policy: an attempt takes no longer than a time, whatever the transport below it does. */
import * as E from '#fp-ts/Either'
import type { Clock } from './Clock.ts'
import * as Closing from './Closing.ts'
import type { Policy } from './Transport.ts'
import * as TransportError from './TransportError.ts'

// model

export interface Options {
  readonly timeoutMillis: number
  /** Gives up what is under way. */
  readonly closing?: Closing.Closing
}

// combinators

/**
 * What is given up goes on below: nothing here can stop it, and if it is taken after all, the server recognises the
 * repetition by its event id.
 */
export const withTimeout =
  (clock: Pick<Clock, 'setTimer'>, { timeoutMillis, closing = Closing.never }: Options): Policy =>
  (transport) =>
  (sealed) =>
  () =>
    new Promise((resolve) => {
      if (closing.isClosed()) return resolve(E.left(TransportError.closed))
      const callOff = [
        clock.setTimer(timeoutMillis, () => fail(TransportError.timedOut(timeoutMillis)), true),
        closing.onClose(() => fail(TransportError.closed)),
      ]
      const settle: typeof resolve = (sent) => {
        for (const off of callOff) off()
        resolve(sent)
      }
      const fail = (error: TransportError.TransportError): void => settle(E.left(error))
      transport(sealed)().then(settle, () =>
        fail(TransportError.unreachable('the transport rejected')),
      )
    })
