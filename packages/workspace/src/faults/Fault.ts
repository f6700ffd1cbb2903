/** A fault of one request, on the network or at the server. */

// model

/** A rate limit that the server announces; no category means all. */
export interface Limit {
  readonly categories: ReadonlyArray<string>
  readonly seconds: number
}

export type Fault =
  /** Not a fault. A good answer may announce a limit all the same. */
  | { readonly _tag: 'Take'; readonly limit?: Limit }
  /** The connection is refused. */
  | { readonly _tag: 'Refuse' }
  /** The connection breaks before the envelope was read, or after it was accepted. */
  | { readonly _tag: 'Reset'; readonly isTaken: boolean }
  /** The server never answers, before or after it accepted the envelope. */
  | { readonly _tag: 'NoAnswer'; readonly isTaken: boolean }
  /** The status comes, and its body so slowly that it never ends. */
  | { readonly _tag: 'Drip' }
  /** The body is shorter than its header announces. */
  | { readonly _tag: 'WrongLength' }
  /** The answer is not HTTP. */
  | { readonly _tag: 'Garbage' }
  /** The envelope is refused. */
  | {
      readonly _tag: 'Status'
      readonly status: number
      readonly limit?: Limit
      /** Seconds, without the header of limits. */
      readonly retryAfter?: number
    }
  /** The certificate is not trusted. Of a whole server, not of a request. */
  | { readonly _tag: 'WrongCertificate' }

// constructors

export const take: Fault = { _tag: 'Take' }

export const status = (
  code: number,
  about: { readonly limit?: Limit; readonly retryAfter?: number } = {},
): Fault => ({ _tag: 'Status', status: code, ...about })

// guards

/** Whether the server keeps the envelope, whether or not the client learns of it. */
export const isTaken = (fault: Fault): boolean => {
  switch (fault._tag) {
    case 'Take':
    case 'Drip':
    case 'WrongLength':
      return true
    case 'Reset':
    case 'NoAnswer':
      return fault.isTaken
    case 'Refuse':
    case 'Garbage':
    case 'Status':
    case 'WrongCertificate':
      return false
  }
}

// folds

/** The headers of the answer that announce limits. */
export const headersOf = (fault: Fault): Readonly<Record<string, string>> => {
  if (fault._tag !== 'Take' && fault._tag !== 'Status') return {}
  const { limit } = fault
  const seconds = fault._tag === 'Status' ? fault.retryAfter : undefined
  return {
    ...(limit === undefined
      ? {}
      : { 'x-sentry-rate-limits': `${limit.seconds}:${limit.categories.join(';')}:key` }),
    ...(seconds === undefined ? {} : { 'retry-after': String(seconds) }),
  }
}

/** The limit from the answer on: a 429 without categories limits all, and for a minute if it names no time. */
export const limitOf = (fault: Fault): Limit | undefined => {
  if (fault._tag !== 'Take' && fault._tag !== 'Status') return undefined
  if (fault.limit !== undefined || fault._tag === 'Take' || fault.status !== 429) return fault.limit
  return { categories: [], seconds: fault.retryAfter ?? 60 }
}
