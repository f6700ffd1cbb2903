/** In the place of a queue: loses everything for one reason. */
import type { Enqueue } from '@sentry-exporter/transport/Transport'
import type { TransportError } from '@sentry-exporter/transport/TransportError'
import * as E from '#fp-ts/Either'

export const losing =
  (error: TransportError): Enqueue =>
  (sealed, settle) =>
    settle(E.left(error), sealed)
