/** What is used of cross-fetch. Its own types would bring those of a browser into every module of this package. */
import type { Fetch } from '../Fetch.ts'

export declare const fetch: Fetch
