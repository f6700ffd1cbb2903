/** Texts in protobuf are UTF-8. Bytes that are not become U+FFFD, as in a text decoder, and are counted. */
import * as KeyCache from './KeyCache.ts'
import type { Wire } from './Wire.ts'

// model

/** Shorter texts are decoded byte by byte: a call of the text decoder costs more. */
const MIN_DECODER_BYTES = 24

/** Every runtime has it; declared here since this package knows no runtime. */
declare const TextDecoder: new (
  label: 'utf-8',
  options: { readonly ignoreBOM: boolean },
) => { readonly decode: (bytes: Uint8Array) => string }

/** A byte order mark at the start is part of the text. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

const REPLACEMENT = '\ufffd'

// decoding

/** The text of the current value. */
export const text = (wire: Wire): string => {
  const { bytes, start, stop } = wire
  if (stop - start < MIN_DECODER_BYTES && isAscii(bytes, start, stop)) {
    return KeyCache.asciiText(bytes, start, stop)
  }
  const decoded = decoder.decode(bytes.subarray(start, stop))
  if (decoded.includes(REPLACEMENT)) {
    wire.replaced += replacements(decoded) - sentReplacements(bytes, start, stop)
  }
  return decoded
}

/** The text of the current value, which other values probably repeat. */
export const key = (wire: Wire): string =>
  KeyCache.get(wire.keys, wire.bytes, wire.start, wire.stop) ?? text(wire)

const isAscii = (bytes: Uint8Array, start: number, stop: number): boolean => {
  for (let i = start; i < stop; i++) if ((bytes[i] ?? 0) >= 0x80) return false
  return true
}

const replacements = (decoded: string): number => decoded.split(REPLACEMENT).length - 1

/** U+FFFD that the sender wrote itself: EF BF BD. */
const sentReplacements = (bytes: Uint8Array, start: number, stop: number): number => {
  let count = 0
  for (let i = start; i + 2 < stop; i++) {
    if (bytes[i] === 0xef && bytes[i + 1] === 0xbf && bytes[i + 2] === 0xbd) count++
  }
  return count
}
