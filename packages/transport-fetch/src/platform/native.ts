/** `#fetch` of runtimes that always have one. */
import type { Fetch } from '../Fetch.ts'

export { server as traits } from './Traits.ts'

declare const fetch: Fetch

/** Looked up at each call, so that one that is put in its place later is used. */
export const platformFetch: Fetch = (url, init) => fetch(url, init)
