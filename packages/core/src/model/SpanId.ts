/**
 * The id of a span: 16 lower-case hexadecimal digits, not all zero. It is unique only together with the id of its trace.
 *
 * @example
 * ```ts
 * import { SpanId } from '@sentry-exporter/core'
 *
 * console.log(SpanId.parse('EEE19B7EC3C1B174')) // eee19b7ec3c1b174
 * console.log(SpanId.parse(SpanId.ZERO)) // undefined
 * console.log(SpanId.fromContent(['job', '17', 'step 2']).length) // 16
 * ```
 */
import * as Hash from '../internal/Hash.ts'
import { hexOfEight, isHexId } from '../internal/text/hexDigit.ts'

// model

export type SpanId = string & { readonly _brand: 'SpanId' }

/** The text that protocols use for an absent span id. It is not a valid `SpanId`. */
export const ZERO = '0000000000000000'

// constructors

/** An id derived from texts, and from some spans in any order: for spans whose source has none. */
export const fromContent = (
  texts: ReadonlyArray<string>,
  members?: ReadonlyArray<{ readonly spanId: string }>,
): SpanId => {
  const digits = Hash.hex128(texts, members).slice(0, ZERO.length)
  // Sixteen digits of a hash are those of a span id, except for the forbidden value.
  return (digits === ZERO ? '0000000000000001' : digits) as SpanId
}

// decoding

/** Accepts digits of either case; `undefined` for any text that is not a valid id. */
export const parse = (text: string): SpanId | undefined => {
  // The tests are all that the brand means. Nearly all ids are in lower case.
  if (isHexId(text, ZERO.length)) return text as SpanId
  return /^[0-9a-fA-F]{16}$/.test(text) && text !== ZERO
    ? (text.toLowerCase() as SpanId)
    : undefined
}

/** From the 8 bytes from one index to another; `undefined` for another number of bytes, or only zeros. */
export const fromBytes = (
  bytes: Uint8Array,
  from: number = 0,
  to: number = bytes.length,
): SpanId | undefined => {
  if (to - from !== 8) return undefined
  const digits = hexOfEight(bytes, from)
  // Digits of that many bytes are an id, except for the forbidden value.
  return digits === ZERO ? undefined : (digits as SpanId)
}
