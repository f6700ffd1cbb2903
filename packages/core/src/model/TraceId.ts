/**
 * The id of a trace: 32 lower-case hexadecimal digits, not all zero.
 *
 * @example
 * ```ts
 * import { TraceId } from '@sentry-exporter/core'
 *
 * console.log(TraceId.parse('5B8EFFF798038103D269B633813FC60C')) // 5b8efff798038103d269b633813fc60c
 * console.log(TraceId.parse('5b8e')) // undefined
 * console.log(TraceId.fromContent(['job', '17']).length) // 32
 * ```
 */
import * as Hash from '../internal/Hash.ts'
import { hexOfEight, isHexId } from '../internal/text/hexDigit.ts'

// model

export type TraceId = string & { readonly _brand: 'TraceId' }

/** The text that protocols use for an absent trace id. It is not a valid `TraceId`. */
export const ZERO = '00000000000000000000000000000000'

// constructors

/** An id derived from texts, for traces whose source has none: the same texts give the same id. */
export const fromContent = (texts: ReadonlyArray<string>): TraceId => {
  const digits = Hash.hex128(texts)
  // The digits of a 128-bit hash are those of a trace id, except for the forbidden value.
  return (digits === ZERO ? `${ZERO.slice(1)}1` : digits) as TraceId
}

// decoding

/** Accepts digits of either case; `undefined` for any text that is not a valid id. */
export const parse = (text: string): TraceId | undefined => {
  // The tests are all that the brand means. Nearly all ids are in lower case.
  if (isHexId(text, ZERO.length)) return text as TraceId
  return /^[0-9a-fA-F]{32}$/.test(text) && text !== ZERO
    ? (text.toLowerCase() as TraceId)
    : undefined
}

/** From the 16 bytes from one index to another; `undefined` for another number of bytes, or only zeros. */
export const fromBytes = (
  bytes: Uint8Array,
  from: number = 0,
  to: number = bytes.length,
): TraceId | undefined => {
  if (to - from !== 16) return undefined
  const digits = [hexOfEight(bytes, from), hexOfEight(bytes, from + 8)].join('')
  // Digits of that many bytes are an id, except for the forbidden value.
  return digits === ZERO ? undefined : (digits as TraceId)
}
