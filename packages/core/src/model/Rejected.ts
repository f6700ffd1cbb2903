/**
 * A span, or a part of a request, that could not be decoded.
 *
 * @example
 * ```ts
 * import { Rejected } from '@sentry-exporter/core'
 *
 * const rejected = { path: 'resourceSpans[0]', expected: 'an object', actual: '"x"' }
 *
 * console.log(Rejected.show(rejected)) // resourceSpans[0]: expected an object, got "x"
 * ```
 */

// model

export interface Rejected {
  /** The place in the request: `resourceSpans[0].scopeSpans[2].spans[7].traceId`. */
  readonly path: string
  /** The expected value: `32 hex characters`. */
  readonly expected: string
  /** The value that was found, shortened: `"xyz"`. */
  readonly actual: string
}

// encoding

export const show = (rejected: Rejected): string =>
  `${rejected.path}: expected ${rejected.expected}, got ${rejected.actual}`
