/** Texts in protobuf are UTF-8. */
import * as Utf8Text from '../text/Utf8Text.ts'
import * as KeyCache from './KeyCache.ts'
import type { Wire } from './Wire.ts'

// model

/** Shorter texts are decoded byte by byte: a call of the text decoder costs more. */
const MIN_DECODER_BYTES = 24

// decoding

/** The text of the current value. Invalid UTF-8 is replaced and counted. */
export const text = (wire: Wire): string => {
  const { bytes, start, stop } = wire
  if (stop - start < MIN_DECODER_BYTES && isAscii(bytes, start, stop)) {
    return KeyCache.asciiText(bytes, start, stop)
  }
  const decoded = Utf8Text.decode(bytes.subarray(start, stop))
  wire.replaced += decoded.replaced
  return decoded.text
}

/** The text of the current value, which other values probably repeat. */
export const key = (wire: Wire): string =>
  KeyCache.get(wire.keys, wire.bytes, wire.start, wire.stop) ?? text(wire)

const isAscii = (bytes: Uint8Array, start: number, stop: number): boolean => {
  for (let i = start; i < stop; i++) if ((bytes[i] ?? 0) >= 0x80) return false
  return true
}
