/** A trace's id: 32 lower-case hexadecimal digits, not all zero. */

// model

export type TraceId = string & { readonly _brand: 'TraceId' }

// decoding

/** Accepts digits of either case; `undefined` for anything that is not a valid id. */
export const parse = (text: string): TraceId | undefined =>
  /^[0-9a-fA-F]{32}$/.test(text) && text !== ZERO
    ? // The test above is the brand's whole meaning.
      (text.toLowerCase() as TraceId)
    : undefined

const ZERO = '0'.repeat(32)
