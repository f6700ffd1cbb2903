/** `#fetch` of browsers. */
import type { Fetch } from '../Fetch.ts'

export { browser as traits } from './Traits.ts'

declare const fetch: Fetch

/**
 * Without `user-agent`: the server does not allow other origins to send it, so a browser that lets scripts set it would refuse
 * the whole request. Source: `relay-server/src/middlewares/cors.rs` of
 * getsentry/relay.
 */
export const platformFetch: Fetch = (url, init) => {
  const { 'user-agent': _, ...headers } = init.headers
  return fetch(url, { ...init, headers })
}
