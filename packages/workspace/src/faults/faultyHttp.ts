/** An `Http` in memory with a given fault for each request, on a fake clock. */
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
    random: Random,
    next: () => Fault.Fault,
  ): Http =>
  ({ body, signal }) =>
  () =>
    new Promise((resolve) => {
      // An attempt that is given up ends at once, as over a real connection. The server may have taken it.
      signal?.addEventListener('abort', () => resolve(CLOSED))
      const fault = next()
      if (isBeforeTheServer(fault)) return resolve(resultOf(fault) ?? REFUSED)
      const answering = ledger.receive(body, fault, clock.now())
      const sent = resultOf(fault)
      if (sent === undefined) return
      clock.setTimer(5 + Math.floor(random() * 50), () => {
        if (signal?.aborted === true) return
        answering(clock.now())
        resolve(sent)
      })
    })

const isBeforeTheServer = ({ _tag }: Fault.Fault): boolean =>
  _tag === 'Refuse' || _tag === 'WrongCertificate'

type Answer = E.Either<TransportError.TransportError, HttpResponse>

const REFUSED: Answer = E.left(TransportError.unreachable('ECONNREFUSED'))

const CLOSED: Answer = E.left(TransportError.closed)

/** The result for the client; `undefined` if it never gets one. */
const resultOf = (fault: Fault.Fault): Answer | undefined => {
  switch (fault._tag) {
    case 'Refuse':
      return REFUSED
    case 'Reset':
      return E.left(TransportError.unreachable('ECONNRESET'))
    case 'Garbage':
      return E.left(TransportError.unreachable('HPE_INVALID_CONSTANT'))
    case 'WrongCertificate':
      return E.left(TransportError.untrusted('DEPTH_ZERO_SELF_SIGNED_CERT'))
    case 'NoAnswer':
      return undefined
    case 'Take':
    case 'Drip':
    case 'WrongLength':
      return answer(200, fault)
    case 'Status':
      return answer(fault.status, fault)
  }
}

const answer = (status: number, fault: Fault.Fault): Answer => {
  const headers = Fault.headersOf(fault)
  return E.right({ status, header: (name) => headers[name.toLowerCase()] })
}
