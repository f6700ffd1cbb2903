/** Text as UTF-8 bytes and back, by the encoder that every runtime has. */

/** The part of the web's encoding standard that is used; declared here since pure packages know no runtime. */
declare const TextEncoder: {
  new (): {
    encode(text: string): Uint8Array<ArrayBuffer>
    encodeInto(
      text: string,
      target: Uint8Array,
    ): { readonly read: number; readonly written: number }
  }
}
declare const TextDecoder: { new (): { decode(bytes: Uint8Array): string } }

const encoder = new TextEncoder()
const decoder = new TextDecoder()

// encoding

/** Lone surrogates become U+FFFD. */
export const encode = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

/**
 * Many small texts share large buffers: a buffer for each costs more than its bytes. A text that does not fit into
 * what is left starts a new buffer, which is freed when nothing points into it any more.
 */
export const pooled = (poolBytes: number): ((text: string) => Uint8Array<ArrayBuffer>) => {
  let free = new Uint8Array(0)
  return (text) => {
    // A UTF-16 unit takes at most three bytes.
    const most = text.length * 3
    if (most > poolBytes / 4) return encode(text)
    if (most > free.length) free = new Uint8Array(poolBytes)
    const { written } = encoder.encodeInto(text, free)
    const bytes = free.subarray(0, written)
    free = free.subarray(written)
    return bytes
  }
}

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
