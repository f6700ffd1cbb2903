/** Puts what a receiver does into the metrics and the log. */
import type { Log } from '../monitor/Log.ts'
import { type ListenError, showError } from '../receiver/Listener.ts'
import type { Observe } from '../receiver/Observe.ts'
import type { GatewayState } from './GatewayState.ts'

// constructors

export const observing = (
  { metrics, log }: Pick<GatewayState, 'metrics' | 'log'>,
  receiver: string,
): Observe => ({
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
  certificatesChanged: (protocol, error) => logCertificates(log, { receiver, protocol }, error),
})

// running

/** Reports that files of certificates changed. With an error, they are not used. */
export const logCertificates = (
  log: Log,
  of: Readonly<Record<string, string>>,
  error: ListenError | undefined,
): void => {
  if (error === undefined) log.info('the certificates were read again', of)
  else {
    log.warn('the changed certificates cannot be used; the former ones stay', {
      ...of,
      reason: showError(error),
    })
  }
}
