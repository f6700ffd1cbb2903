/** `Http` for every runtime with fetch: Workers, Deno, Bun, browsers and Node. */
export type { Fetch, FetchInit, FetchResponse } from './Fetch.ts'
export { type FetchHttpOptions, fetchHttp } from './fetchHttp.ts'
