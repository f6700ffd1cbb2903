/** The options of `fetchHttp`, as users write them and with the defaults of the platform. */

import { Range } from '@sentry-exporter/transport'
import * as ConfigError from '@sentry-exporter/transport/ConfigError'
import * as ConfigOption from '@sentry-exporter/transport/ConfigOption'
import { platformFetch, traits } from '#fetch'
import type { Fetch } from '../Fetch.ts'
import type { PlatformTraits } from '../platform/Traits.ts'

// model

export interface FetchHttpOptions {
  /** Another fetch than the platform's: an instrumented one, that of a service binding, that of a test. */
  readonly fetch?: Fetch | undefined
  /** For the whole request, from the first attempt to connect to the last byte of the response. Milliseconds. */
  readonly timeoutMillis?: number | undefined
  /** Bodies of at least this many bytes are compressed, if the platform can; `Infinity` for none. */
  readonly gzipFromBytes?: number | undefined
  /** The place of the authentication. Default in browsers: the query, which avoids a CORS preflight request. */
  readonly auth?: 'header' | 'query' | undefined
  /** Whether requests continue when the page is closed, within the limits of browsers. Default: true in browsers. */
  readonly keepalive?: boolean | undefined
  /** `waitUntil` of a Worker's context: keeps the Worker alive until all requests have ended. */
  readonly waitUntil?: WaitUntil | undefined
}

type WaitUntil = (promise: Promise<unknown>) => void

export interface FetchOptions extends PlatformTraits {
  readonly fetch: Fetch
  readonly timeoutMillis: number
  readonly waitUntil: WaitUntil | undefined
}

// decoding

/** An interface is no record of unknown values for the compiler. Nothing is read yet, because getters may throw. */
const recordOf = (input: FetchHttpOptions): Readonly<Record<string, unknown>> =>
  input as Readonly<Record<string, unknown>>

/** Throws one error with all problems. */
export const decode = (input: FetchHttpOptions): FetchOptions => {
  if (typeof input !== 'object' || input === null) {
    throw ConfigError.toError(ConfigError.of([{ _tag: 'NotAnObject' }]), 'fetchHttp')
  }
  const { get, problems } = ConfigOption.read(recordOf(input), Object.keys(OPTIONS))
  const options: FetchOptions = {
    fetch: get(OPTIONS.fetch) ?? platformFetch,
    timeoutMillis: get(OPTIONS.timeoutMillis) ?? 30_000,
    gzipFromBytes: get(OPTIONS.gzipFromBytes) ?? traits.gzipFromBytes,
    auth: get(OPTIONS.auth) ?? traits.auth,
    keepalive: get(OPTIONS.keepalive) ?? traits.keepalive,
    waitUntil: get(OPTIONS.waitUntil),
  }
  if (problems.length > 0) throw ConfigError.toError(ConfigError.of(problems), 'fetchHttp')
  return options
}

const OPTIONS = ConfigOption.named({
  fetch: ConfigOption.callback<Fetch>(),
  timeoutMillis: ConfigOption.whole(Range.timeLimit),
  gzipFromBytes: ConfigOption.bytesOrNever,
  auth: ConfigOption.oneOf('header', 'query'),
  keepalive: ConfigOption.boolean,
  waitUntil: ConfigOption.callback<WaitUntil>(),
})
