/** The id of an event: 32 lower-case hexadecimal digits. The same brand as that of the core, which makes most ids. */

// model

export type EventId = string & { readonly _brand: 'EventId' }

// decoding

/** Takes a UUID with dashes or without; `undefined` for anything else. */
export const parse = (text: string): EventId | undefined => {
  const bare = text.replaceAll('-', '').toLowerCase()
  // The test is the brand's whole meaning.
  return /^[0-9a-f]{32}$/.test(bare) ? (bare as EventId) : undefined
}
