/**
 * Whether a request is from this machine to this machine. A page of another site can make a browser send requests here. With a
 * name of its own that resolves to 127.0.0.1 it could also read the answers. The names in the headers identify such requests.
 */

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
