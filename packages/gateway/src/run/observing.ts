/** Puts what a receiver does into the metrics and the log. */
import { showError } from '../receiver/Listener.ts'
import type { Observe } from '../receiver/Observe.ts'
import type { GatewayState } from './GatewayState.ts'

// constructors

export const observing = ({ metrics, log }: GatewayState, receiver: string): Observe => ({
  request: (seen) => {
    metrics.onRequest(receiver, seen)
    const { protocol, refused, status } = seen
    if (refused !== undefined) {
      log.limited(`${receiver}: ${protocol}: ${refused}`, 'a request was refused', {
        receiver,
        protocol,
        reason: refused,
        status,
      })
    }
  },
  connectionRefused: (protocol) => {
    metrics.onConnectionRefused(receiver, protocol)
    log.limited(
      `${receiver}: ${protocol}: connections`,
      'a connection was refused: there are too many',
      {
        receiver,
        protocol,
      },
    )
  },
  certificatesChanged: (protocol, error) => {
    if (error === undefined) log.info('the certificates were read again', { receiver, protocol })
    else {
      log.warn('the changed certificates cannot be used; the former ones stay', {
        receiver,
        protocol,
        reason: showError(error),
      })
    }
  },
})
