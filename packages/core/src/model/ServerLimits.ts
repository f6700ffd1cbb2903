/**
 * The limits of the server for single fields, in its own units: bytes of UTF-8, or characters (Unicode code points). Longer
 * values are cut or removed there. `docs/transformation.md` lists them.
 *
 * Sources, all of getsentry/relay: `relay-event-schema/src/protocol/event.rs`, `breadcrumb.rs`, `request.rs`, `user.rs`,
 * `exception.rs`, `stacktrace.rs`, `tags.rs`, `transaction.rs`, `span.rs`, `contexts/trace.rs`;
 * `relay-event-normalization/src/event.rs` for the tag `server_name`, the method and the measurements; `sentry-release-parser`
 * for release and environment.
 */

import { frozen } from '../internal/frozen.ts'

/** In bytes. */
export const bytes: Readonly<
  Record<
    | 'breadcrumbData'
    | 'context'
    | 'cookies'
    | 'environment'
    | 'extra'
    | 'extraValue'
    | 'headers'
    | 'queryString'
    | 'release',
    number
  >
> = /* @__PURE__ */ frozen({
  /** `data` of one breadcrumb, as JSON; keys beyond are lost. */
  breadcrumbData: 2_048,
  /** Of one context, as JSON. */
  context: 8_192,
  /** `cookies` of a request, as JSON. */
  cookies: 2_048,
  environment: 64,
  /** All of `extra`, and one value of it, as JSON. */
  extra: 262_144,
  extraValue: 16_384,
  /** `headers` of a request, as JSON. */
  headers: 8_192,
  /** `query_string` of a request, as JSON: a list of pairs. */
  queryString: 1_024,
  release: 200,
})

/** In characters. */
export const characters: Readonly<
  Record<
    | 'breadcrumbMessage'
    | 'dist'
    | 'exceptionModule'
    | 'exceptionType'
    | 'exceptionValue'
    | 'frameFunction'
    | 'framePath'
    | 'measurement'
    | 'op'
    | 'origin'
    | 'requestUrl'
    | 'serverName'
    | 'tagKey'
    | 'tagValue'
    | 'transaction'
    | 'userEmail'
    | 'userId'
    | 'userName',
    number
  >
> = /* @__PURE__ */ frozen({
  breadcrumbMessage: 8_192,
  dist: 64,
  exceptionModule: 256,
  exceptionType: 256,
  exceptionValue: 8_192,
  frameFunction: 512,
  /** `filename`, `abs_path`. */
  framePath: 256,
  /** Name and unit together. */
  measurement: 171,
  op: 128,
  origin: 128,
  requestUrl: 256,
  /** It becomes a tag. */
  serverName: 200,
  tagKey: 200,
  tagValue: 200,
  transaction: 200,
  userEmail: 75,
  userId: 128,
  userName: 128,
})

/** Numbers of entries. */
export const counts: Readonly<Record<'breadcrumbs' | 'customMeasurements' | 'frames', number>> =
  frozen({
    breadcrumbs: 100,
    /** Measurements that Sentry does not know itself. */
    customMeasurements: 10,
    frames: 250,
  })
