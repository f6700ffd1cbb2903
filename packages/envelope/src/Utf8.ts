/** Text as UTF-8 bytes and back, by the encoder that every runtime has. */

/** The part of the web's encoding standard that is used; declared here since pure packages know no runtime. */
declare const TextEncoder: { new (): { encode(text: string): Uint8Array<ArrayBuffer> } }
declare const TextDecoder: { new (): { decode(bytes: Uint8Array): string } }

const encoder = new TextEncoder()
const decoder = new TextDecoder()

// encoding

/** Lone surrogates become U+FFFD. */
export const encode = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

// decoding

/** Bytes that are not UTF-8 become U+FFFD. */
export const decode = (bytes: Uint8Array): string => decoder.decode(bytes)

// combinators

/** Several runs of bytes as one. */
export const concat = (parts: ReadonlyArray<Uint8Array>): Uint8Array<ArrayBuffer> => {
  let length = 0
  for (const part of parts) length += part.length
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
