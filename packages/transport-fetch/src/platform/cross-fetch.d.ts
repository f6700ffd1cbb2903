/** The used part of cross-fetch. Its own types would add those of a browser to every module of this package. */
import type { Fetch } from '../Fetch.ts'

export declare const fetch: Fetch
