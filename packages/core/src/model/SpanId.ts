/** A span's id: 16 lower-case hexadecimal digits, not all zero. Unique only together with its trace's id. */

// model

export type SpanId = string & { readonly _brand: 'SpanId' }

// constructors

/** What stands for "no span": sixteen zeros. Never a `SpanId`. */
export const ZERO = '0000000000000000'

// decoding

/** Accepts digits of either case; `undefined` for anything that is not a valid id. */
export const parse = (text: string): SpanId | undefined =>
  /^[0-9a-fA-F]{16}$/.test(text) && text !== ZERO
    ? // The test above is the brand's whole meaning.
      (text.toLowerCase() as SpanId)
    : undefined
