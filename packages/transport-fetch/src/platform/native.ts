/** `#fetch` of runtimes that always have one. */
import type { Fetch } from '../Fetch.ts'

export { server as traits } from './Traits.ts'

declare const fetch: Fetch

/** Looked up at each call, so that a later replacement of the global is used. */
export const platformFetch: Fetch = (url, init) => fetch(url, init)
