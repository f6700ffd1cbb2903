/** Trims data by a number of bytes: the largest values first; texts are cut before values are left out. */
import { byteLength } from '../internal/text/byteLength.ts'
import type { Json, JsonObject } from '../model/Json.ts'

const ELLIPSIS = '...'

/** A shorter rest of a text is not kept. */
const MIN_BYTES = 64

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
  let bytes = QUOTES_BYTES
  let end = 0
  // One pass, without printing a part of the text: texts may be long.
  while (end < text.length) {
    const point = text.codePointAt(end) ?? 0
    bytes += pointBytes(point)
    if (bytes > keep) break
    end += point > 0xffff ? 2 : 1
  }
  return text.slice(0, end) + ELLIPSIS
}

/** The bytes of a character in a text of JSON, as `JSON.stringify` escapes it. */
const pointBytes = (point: number): number => {
  if (point < 0x20) return SHORT_ESCAPES.has(point) ? 2 : 6
  if (point === 0x22 || point === 0x5c) return 2
  if (point < 0x80) return 1
  if (point < 0x800) return 2
  if (point > 0xffff) return 4
  // A lone surrogate is escaped.
  return point >= 0xd800 && point < 0xe000 ? 6 : 3
}

/** `\b`, `\t`, `\n`, `\f` and `\r`. */
const SHORT_ESCAPES: ReadonlySet<number> = new Set([0x08, 0x09, 0x0a, 0x0c, 0x0d])

const QUOTES_BYTES = 2

const jsonBytes = (value: Json): number => byteLength(JSON.stringify(value))

/** With the colon and the comma. */
const bytesOf = (key: string, value: Json): number => jsonBytes(key) + jsonBytes(value) + 2
