/**
 * What a server answered, as far as delivery needs it. Limits may stand on any answer, also on a good one.
 * Source: `develop-docs/sdk/foundations/transport/rate-limiting.mdx` of getsentry/sentry-docs.
 */

// model

export interface Answer {
  readonly status: number
  /** `X-Sentry-Rate-Limits`. */
  readonly rateLimits: string | undefined
  /** `Retry-After`: seconds, or a date. */
  readonly retryAfter: string | undefined
  /** The word by which Sentry says why it refused (`ProjectId`), where it says one. */
  readonly reason?: string
}

// guards

/** Whether the envelope was taken. That says nothing of what becomes of it: the server looks at it later. */
export const isTaken = (answer: Answer): boolean => answer.status >= 200 && answer.status < 300
