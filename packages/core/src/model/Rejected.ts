/** A span, or a part of a request, that could not be decoded, and the place in the input where that shows. */

// model

export interface Rejected {
  /** Where in the request: `resourceSpans[0].scopeSpans[2].spans[7].traceId`. */
  readonly path: string
  /** What should stand there: `32 hex characters`. */
  readonly expected: string
  /** What stands there, shortened: `"xyz"`. */
  readonly actual: string
}

// destructors

export const show = (rejected: Rejected): string =>
  `${rejected.path}: expected ${rejected.expected}, got ${rejected.actual}`
