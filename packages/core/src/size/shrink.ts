/** Trims data by a number of bytes: the largest values first; texts are cut before values are left out. */
import { byteLength } from '../internal/text/byteLength.ts'
import type { Json, JsonObject } from '../model/Json.ts'

const ELLIPSIS = '...'

/** A shorter rest of a text is not kept. */
const MIN_BYTES = 64

/** JSON needs at most this many bytes for a UTF-16 unit: `\u0000`. */
const MAX_BYTES_PER_UNIT = 6

/** Data whose JSON is at least `surplus` bytes shorter, or empty data. The keys keep their order. */
export const shrink = (data: JsonObject, surplus: number): JsonObject => {
  const sizes = Object.entries(data)
    .map(([key, value]) => ({ key, value, bytes: bytesOf(key, value) }))
    .sort((a, b) => b.bytes - a.bytes || (a.key < b.key ? -1 : 1))
  const replaced = new Map<string, Json | undefined>()
  let left = surplus
  for (const { key, value, bytes } of sizes) {
    if (left <= 0) break
    const cut = typeof value === 'string' ? cutText(value, left) : undefined
    replaced.set(key, cut)
    left -= cut === undefined ? bytes : bytes - bytesOf(key, cut)
  }
  return Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) => {
      const kept = replaced.has(key) ? replaced.get(key) : value
      return kept === undefined ? [] : [[key, kept]]
    }),
  )
}

/** A text without its last `surplus` bytes, with an ellipsis; `undefined` if too little would be left. */
export const cutText = (text: string, surplus: number): string | undefined => {
  const keep = jsonBytes(text) - surplus - ELLIPSIS.length
  if (keep < MIN_BYTES) return undefined
  // So many units fit in any case. Then steps of halved length find a text that nearly fills the rest.
  let length = Math.floor(keep / MAX_BYTES_PER_UNIT)
  for (let step = text.length; step >= 1; step = Math.floor(step / 2)) {
    if (length + step <= text.length && jsonBytes(text.slice(0, length + step)) <= keep)
      length += step
  }
  return text.slice(0, length) + ELLIPSIS
}

const jsonBytes = (value: Json): number => byteLength(JSON.stringify(value))

/** With the colon and the comma. */
const bytesOf = (key: string, value: Json): number => jsonBytes(key) + jsonBytes(value) + 2
