/** Text from UTF-8. Bytes that are not UTF-8 become U+FFFD, one or more at once as the Encoding standard has it, and are counted. */

// model

export interface Utf8Text {
  readonly text: string
  /** Characters U+FFFD that the sender did not write. */
  readonly replaced: number
}

/** Every runtime has it; declared here since this package knows no runtime. */
declare const TextDecoder: new (
  label: 'utf-8' | 'utf-16be' | 'utf-16le',
  options?: { readonly ignoreBOM: boolean },
) => { readonly decode: (bytes: Uint8Array) => string }

/** A byte order mark at the start is part of the text. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

const REPLACEMENT = '\ufffd'

// decoding

export const decode = (bytes: Uint8Array): Utf8Text => {
  const text = decoder.decode(bytes)
  const replaced = text.includes(REPLACEMENT) ? occurrences(text) - sentOccurrences(bytes) : 0
  return { text, replaced }
}

/** Windows writes text in UTF-16, with a mark at its start; `undefined` without one. */
export const decodeUtf16 = (bytes: Uint8Array): string | undefined => {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  return first === 0xfe && second === 0xff ? new TextDecoder('utf-16be').decode(bytes) : undefined
}

// folds

const occurrences = (text: string): number => text.split(REPLACEMENT).length - 1

/** EF BF BD is U+FFFD in UTF-8. */
const sentOccurrences = (bytes: Uint8Array): number => {
  let count = 0
  for (let i = bytes.indexOf(0xef); i >= 0; i = bytes.indexOf(0xef, i + 1)) {
    if (bytes[i + 1] === 0xbf && bytes[i + 2] === 0xbd) count++
  }
  return count
}
