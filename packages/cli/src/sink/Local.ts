/**
 * Whether a request is from this machine to this machine. A page of another site can make a browser send requests here. With a
 * name of its own that resolves to 127.0.0.1 it could also read the answers. The names in the headers identify such requests.
 */

import type { IncomingHttpHeaders } from 'node:http'

// constructors

/** A page looks at these headers of an answer. Source: `relay-server/src/middlewares/cors.rs` of getsentry/relay. */
const EXPOSED = 'x-sentry-error, x-sentry-rate-limits, retry-after'

/**
 * The headers that let a page of this machine send an envelope and read the answer. Without them a browser reports an answer as a
 * failure of the network, and the page sends the envelope again.
 */
export const crossOriginHeaders = ({
  origin,
  'access-control-request-headers': asked,
}: IncomingHttpHeaders): Readonly<Record<string, string>> =>
  origin === undefined || !isLocalOrigin(origin)
    ? {}
    : {
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': asked ?? '*',
        'access-control-expose-headers': EXPOSED,
        'access-control-max-age': '3600',
        'cross-origin-resource-policy': 'cross-origin',
        vary: 'origin',
      }

// guards

/** By the `host` header. Any port is accepted, since ports may be forwarded. */
export const isLocalHost = (host: string | undefined): boolean =>
  host !== undefined && /^(127\.0\.0\.1|localhost)(:\d{1,5})?$/i.test(host)

/** By the `origin` header, which browsers send with the requests of pages. Programs send none. */
export const isLocalOrigin = (origin: string | undefined): boolean => {
  if (origin === undefined) return true
  const host = /^https?:\/\/(.+)$/i.exec(origin)?.[1]
  return isLocalHost(host)
}
