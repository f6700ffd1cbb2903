/**
 * `#fetch` of Node and of unknown runtimes: their own, or cross-fetch if they have none. This is the only file that imports
 * cross-fetch, at the first request that needs it.
 */
import type { Fetch } from '../Fetch.ts'

export { server as traits } from './Traits.ts'

declare const fetch: Fetch | undefined

export const platformFetch: Fetch = (url, init) =>
  typeof fetch === 'function' ? fetch(url, init) : crossFetch(url, init)

/** In Node this is node-fetch 2. */
export const crossFetch: Fetch = async (url, init) => (await import('cross-fetch')).fetch(url, init)
