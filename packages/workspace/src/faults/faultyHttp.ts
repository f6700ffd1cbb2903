/** An `Http` in memory to which everything can happen, on a clock that is told to go. */
import type { Clock } from '@sentry-exporter/transport/Clock'
import type { Http, HttpResponse } from '@sentry-exporter/transport/Http'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import * as E from '#fp-ts/Either'
import type { Random } from '../Random.ts'
import * as Fault from './Fault.ts'
import type { Ledger } from './Ledger.ts'

export const faultyHttp =
  (
    ledger: Ledger,
    clock: Pick<Clock, 'now' | 'setTimer'>,
    dice: Random,
    next: () => Fault.Fault,
  ): Http =>
  ({ body }) =>
  () =>
    new Promise((resolve) => {
      const fault = next()
      if (isBeforeTheServer(fault)) return resolve(heard(fault) ?? REFUSED)
      // Without the time of sending, which the server reads elsewhere.
      const answering = ledger.receive(body, fault, clock.now())
      const sent = heard(fault)
      if (sent === undefined) return
      clock.setTimer(5 + Math.floor(dice() * 50), () => {
        answering(clock.now())
        resolve(sent)
      })
    })

const isBeforeTheServer = ({ _tag }: Fault.Fault): boolean =>
  _tag === 'Refuse' || _tag === 'WrongCertificate'

type Heard = E.Either<TransportError.TransportError, HttpResponse>

const REFUSED: Heard = E.left(TransportError.unreachable('ECONNREFUSED'))

/** What the client hears; `undefined` for nothing, ever. */
const heard = (fault: Fault.Fault): Heard | undefined => {
  switch (fault._tag) {
    case 'Refuse':
      return REFUSED
    case 'Reset':
      return E.left(TransportError.unreachable('ECONNRESET'))
    case 'Garbage':
      return E.left(TransportError.unreachable('HPE_INVALID_CONSTANT'))
    case 'WrongCertificate':
      return E.left(TransportError.untrusted('DEPTH_ZERO_SELF_SIGNED_CERT'))
    case 'Hang':
      return undefined
    case 'Take':
    case 'Drip':
    case 'WrongLength':
      return answer(200, fault)
    case 'Status':
      return answer(fault.status, fault)
  }
}

const answer = (status: number, fault: Fault.Fault): Heard => {
  const headers = Fault.headersOf(fault)
  return E.right({ status, header: (name) => headers[name.toLowerCase()] })
}
