/**
 * A hash table from the bytes of attribute keys to their texts, for one body: most keys of a request repeat, and decoding
 * is dearer than comparing. Bounded: when it is full, further keys are decoded each time.
 */

// model

export interface KeyCache {
  /** By slot: where the bytes of the key lie in the body, and its text. An empty text is an empty slot. */
  readonly starts: Int32Array
  readonly texts: Array<string>
  size: number
}

const SLOTS = 256

const MAX_KEYS = 192

/** Longer keys are rare, and not worth the comparison. */
const MAX_LENGTH = 64

// constructors

export const make = (): KeyCache => ({
  starts: new Int32Array(SLOTS),
  texts: new Array<string>(SLOTS).fill(''),
  size: 0,
})

// decoding

/** The text of the bytes from `start` to `stop`; `undefined` for keys that are long or not ASCII, which are not kept. */
export const get = (
  cache: KeyCache,
  bytes: Uint8Array,
  start: number,
  stop: number,
): string | undefined => {
  const length = stop - start
  if (length === 0) return ''
  if (length > MAX_LENGTH) return undefined
  // FNV-1a
  let hash = 0x811c9dc5
  for (let i = start; i < stop; i++) {
    const byte = bytes[i] ?? 0
    if (byte >= 0x80) return undefined
    hash = Math.imul(hash ^ byte, 0x01000193)
  }
  let slot = (hash ^ (hash >>> 16)) & (SLOTS - 1)
  for (;;) {
    const text = cache.texts[slot] ?? ''
    if (text === '') {
      const decoded = asciiText(bytes, start, stop)
      if (cache.size < MAX_KEYS) {
        cache.size++
        cache.starts[slot] = start
        cache.texts[slot] = decoded
      }
      return decoded
    }
    if (text.length === length && isEqual(bytes, cache.starts[slot] ?? 0, start, length))
      return text
    slot = (slot + 1) & (SLOTS - 1)
  }
}

/** The text of bytes below 0x80. */
export const asciiText = (bytes: Uint8Array, start: number, stop: number): string => {
  let text = ''
  for (let i = start; i < stop; i++) text += String.fromCharCode(bytes[i] ?? 0)
  return text
}

const isEqual = (bytes: Uint8Array, a: number, b: number, length: number): boolean => {
  for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false
  return true
}
