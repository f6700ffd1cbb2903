/** What is usual on a platform. */

// model

export interface Traits {
  /** By a header, or in the URL: a header of its own makes a browser ask for leave first. */
  readonly auth: 'header' | 'query'
  /** Whether requests outlive the page that sent them. */
  readonly keepalive: boolean
  /** Bodies of at least this many bytes are compressed, where the platform can. */
  readonly gzipFromBytes: number
}

// constructors

export const server: Traits = { auth: 'header', keepalive: false, gzipFromBytes: 4 * 1024 }

/** `content-encoding` is no header either that a browser sends to another origin without asking. */
export const browser: Traits = {
  auth: 'query',
  keepalive: true,
  gzipFromBytes: Number.POSITIVE_INFINITY,
}
