/**
 * The parts of an HTTP response that delivery needs. Rate limits can be in any response, also in a successful one.
 * Source: `develop-docs/sdk/foundations/transport/rate-limiting.mdx` of getsentry/sentry-docs.
 */

// model

export interface Answer {
  readonly status: number
  /** `X-Sentry-Rate-Limits`. */
  readonly rateLimits: string | undefined
  /** `Retry-After`: seconds, or a date. */
  readonly retryAfter: string | undefined
  /** Sentry's name for the reason of a refusal (`ProjectId`), if the body has one. */
  readonly reason?: string | undefined
}

// guards

/** Whether the server accepted the envelope: status 200 to 299. It checks the contents later, and may still drop them. */
export const isSuccess = (answer: Answer): boolean => answer.status >= 200 && answer.status < 300
