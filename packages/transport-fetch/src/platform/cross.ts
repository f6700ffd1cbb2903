/**
 * `#fetch` of Node and of runtimes that nobody knows: theirs, or cross-fetch where there is none. The one file that
 * imports it, and it is loaded with the first request that needs it.
 */
import type { Fetch } from '../Fetch.ts'

export { server as traits } from './Traits.ts'

declare const fetch: Fetch | undefined

export const platformFetch: Fetch = (url, init) =>
  typeof fetch === 'function' ? fetch(url, init) : crossFetch(url, init)

/** On Node this is node-fetch 2. */
export const crossFetch: Fetch = async (url, init) => (await import('cross-fetch')).fetch(url, init)
