/** What can go wrong with one request, on the network or at the server. */

// model

/** What the server takes no more of, for so many seconds; no category for all. */
export interface Limit {
  readonly categories: ReadonlyArray<string>
  readonly seconds: number
}

export type Fault =
  /** Nothing goes wrong. An answer that is good may announce a limit all the same. */
  | { readonly _tag: 'Take'; readonly limit?: Limit }
  /** Nobody listens. */
  | { readonly _tag: 'Refuse' }
  /** The connection breaks before the envelope was read, or after it: then it was taken. */
  | { readonly _tag: 'Reset'; readonly isTaken: boolean }
  /** No answer ever comes, before or after the envelope was taken. */
  | { readonly _tag: 'Hang'; readonly isTaken: boolean }
  /** The status comes, and its body so slowly that it never ends. */
  | { readonly _tag: 'Drip' }
  /** The body is shorter than its header says. */
  | { readonly _tag: 'WrongLength' }
  /** What comes is no HTTP. */
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

/** Whether the server keeps the envelope, whatever the client hears of it. */
export const isTaken = (fault: Fault): boolean => {
  switch (fault._tag) {
    case 'Take':
    case 'Drip':
    case 'WrongLength':
      return true
    case 'Reset':
    case 'Hang':
      return fault.isTaken
    case 'Refuse':
    case 'Garbage':
    case 'Status':
    case 'WrongCertificate':
      return false
  }
}

// destructors

/** What is heard of limits: the headers of the answer, if one comes. */
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

/** What holds from the answer on: a 429 that names nothing is a limit on all, for a minute if it names no time. */
export const limitOf = (fault: Fault): Limit | undefined => {
  if (fault._tag !== 'Take' && fault._tag !== 'Status') return undefined
  if (fault.limit !== undefined || fault._tag === 'Take' || fault.status !== 429) return fault.limit
  return { categories: [], seconds: fault.retryAfter ?? 60 }
}
