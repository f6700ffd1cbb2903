/** The fate of a request and of its items. Every way to lose something is a member of a closed union. */

// model

/** Why a whole request is refused, with a status. Its items are not judged. */
export const refusals = [
  'auth-bad',
  'auth-missing',
  'auth-twice',
  'body-encoding',
  'content-type',
  'dsn-mismatch',
  'envelope-header',
  'envelope-too-large',
  'item-header',
  'item-length',
  'items-too-large',
  'key-shape',
  'key-unknown',
  'not-found',
  'project-shape',
  'rate-limited',
  'version',
] as const

export type Refusal = (typeof refusals)[number]

/** Why an item vanishes after the request was answered with 200. */
export const dropReasons = [
  'container-content-type',
  'container-count',
  'container-operations',
  'duplicate-item',
  'end-before-start',
  'ignored-type',
  'known-event-id',
  'lone-surrogate',
  'negative-timestamp',
  'no-start',
  'no-trace-context',
  'not-json',
  'rate-limited',
  'span-end-before-start',
  'span-malformed',
  'span-negative-timestamp',
  'span-no-id',
  'span-no-start',
  'span-no-trace-id',
  'timestamp-range',
  'too-large-late',
  'trace-no-span-id',
  'trace-no-trace-id',
] as const

export type DropReason = (typeof dropReasons)[number]

/** Why a part of a kept item is not kept as it was sent. */
export const cutReasons = [
  /** An entry of a list is left out. */
  'discarded',
  /** The same key again. */
  'duplicate',
  /** A value that Sentry does not accept is removed. */
  'invalid',
  /** There were more bytes or entries than the limit. */
  'over-budget',
  /** The header of the envelope has another value, and wins. */
  'overridden',
  /** Something was missing, and Sentry filled it in. */
  'patched',
  /** The name belongs to Sentry. */
  'reserved',
  /** It is at another place now. */
  'moved',
  /** All times were shifted. */
  'shifted',
  /** The server uses another name for it. */
  'renamed',
  /** A text was cut to its limit. */
  'too-long',
] as const

export type CutReason = (typeof cutReasons)[number]

export interface Cut {
  /** Where: `spans.3.op`. */
  readonly path: string
  readonly reason: CutReason
  /** How much: characters of `too-long`, entries or bytes of `over-budget`, seconds of `shifted`; else 1. */
  readonly count: number
}

export interface Named {
  readonly type: string
  readonly eventId: string | undefined
}

export type Verdict =
  | { readonly _tag: 'Kept'; readonly item: Named }
  | { readonly _tag: 'Cut'; readonly item: Named; readonly cuts: ReadonlyArray<Cut> }
  | { readonly _tag: 'Dropped'; readonly item: Named; readonly reason: DropReason }
  /** Sentry knows the type; what it does with the content is not modelled here. */
  | { readonly _tag: 'Unjudged'; readonly item: Named }
  /** The only verdict on a request that was refused. */
  | { readonly _tag: 'Refused'; readonly reason: Refusal }

// constructors

export const cut = (path: string, reason: CutReason, count = 1): Cut => ({
  path,
  reason,
  count,
})

export const NONE: ReadonlyArray<Cut> = []

/** A cut where something is not right. */
export const unless = (isRight: boolean, path: string, reason: CutReason): ReadonlyArray<Cut> =>
  isRight ? NONE : [cut(path, reason)]

/** A text is cut to its limit once it is longer than the limit and the allowance on it. */
export const tooLong = (
  path: string,
  value: unknown,
  max: number,
  allowance = 0,
): ReadonlyArray<Cut> =>
  typeof value === 'string' &&
  value.length > max + allowance &&
  // The server counts characters, and not the units of UTF-16.
  [...value].length > max + allowance
    ? [cut(path, 'too-long', value.length - max)]
    : NONE

// encoding

/** One line for people. */
export const show = (verdict: Verdict): string => {
  switch (verdict._tag) {
    case 'Refused':
      return `refused: ${verdict.reason}`
    case 'Dropped':
      return `${showItem(verdict.item)} dropped: ${verdict.reason}`
    case 'Cut':
      return `${showItem(verdict.item)} cut: ${verdict.cuts
        .map(({ path, reason, count }) => `${path} ${reason} ${count}`)
        .join(', ')}`
    case 'Kept':
    case 'Unjudged':
      return `${showItem(verdict.item)} ${verdict._tag.toLowerCase()}`
  }
}

const showItem = ({ type, eventId }: Named): string =>
  eventId === undefined ? type : `${type} ${eventId}`
