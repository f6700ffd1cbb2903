/** The default options of a platform. */

// model

export interface PlatformTraits {
  /** In a header, or in the URL, which avoids a CORS preflight request of a browser. */
  readonly auth: 'header' | 'query'
  /** Whether requests continue when the page is closed. */
  readonly keepalive: boolean
  /** Bodies of at least this many bytes are compressed, if the platform can. */
  readonly gzipFromBytes: number
}

// constructors

export const server: PlatformTraits = { auth: 'header', keepalive: false, gzipFromBytes: 4 * 1024 }

/** The header `content-encoding` would also cause a CORS preflight request. */
export const browser: PlatformTraits = {
  auth: 'query',
  keepalive: true,
  gzipFromBytes: Infinity,
}
