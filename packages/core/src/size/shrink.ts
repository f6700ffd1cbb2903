/** Makes data smaller by a number of bytes: the largest values first, texts cut before anything is left out. */
import { byteLength } from '../internal/text/byteLength.ts'
import type { Tags } from '../mapping/Tags.ts'
import type { Json, JsonObject } from '../model/Json.ts'

/** Data whose JSON is at least `surplus` bytes shorter, or empty data. Its own keys stay in their order. */
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
      const shown = replaced.has(key) ? replaced.get(key) : value
      return shown === undefined ? [] : [[key, shown]]
    }),
  )
}

/** The same of tags. */
export const shrinkTags = (tags: Tags, surplus: number): Tags =>
  // What is left of texts are texts.
  shrink(tags, surplus) as Tags

/** A text without its last `surplus` bytes and the mark of a cut; `undefined` if too little would be left. */
export const cutText = (text: string, surplus: number): string | undefined => {
  const keep = jsonBytes(text) - surplus - CUT.length
  if (keep < MIN_BYTES) return undefined
  // A character takes six bytes of JSON at most, so that this many characters fit in any case; then as many as do.
  let length = Math.floor(keep / 6)
  for (let step = text.length; step >= 1; step = Math.floor(step / 2)) {
    if (length + step <= text.length && jsonBytes(text.slice(0, length + step)) <= keep)
      length += step
  }
  return text.slice(0, length) + CUT
}

const CUT = '...'

/** Less than this of a text is not worth keeping. */
const MIN_BYTES = 64

const jsonBytes = (value: Json): number => byteLength(JSON.stringify(value))

/** With the colon and the comma around them. */
const bytesOf = (key: string, value: Json): number => jsonBytes(key) + jsonBytes(value) + 2
