/** Shortens attributes of an item that are too large together: the largest first. */
import { byteLength } from '../internal/text/byteLength.ts'
import { cutText } from '../size/shrink.ts'
import * as TypedAttribute from './TypedAttribute.ts'

// model

export interface FittedAttributes {
  readonly attributes: TypedAttribute.ItemAttributes
  /** As the server counts them. */
  readonly bytes: number
  /** At least the bytes of their JSON, and at least `bytes`: the server has limits for both. At most the given limit. */
  readonly size: number
  readonly isTrimmed: boolean
}

// transformations

/** The same attributes if they are not too large. Texts are shortened; a list, and what cannot be shortened, is left out. */
export const fitAttributes = (
  attributes: TypedAttribute.ItemAttributes,
  maxBytes: number,
): FittedAttributes => {
  const bound = boundOf(attributes)
  if (bound <= maxBytes) {
    return {
      attributes,
      bytes: TypedAttribute.bytesOfAll(attributes),
      size: bound,
      isTrimmed: false,
    }
  }
  const sizes = Object.entries(attributes)
    .map(([key, attribute]) => ({ key, attribute, size: sizeOf(key, attribute) }))
    .sort((a, b) => b.size - a.size || (a.key < b.key ? -1 : 1))
  const size = sizes.reduce((sum, one) => sum + one.size, 0)
  if (size <= maxBytes) {
    return { attributes, bytes: TypedAttribute.bytesOfAll(attributes), size, isTrimmed: false }
  }
  const replaced = new Map<string, TypedAttribute.TypedAttribute | undefined>()
  let left = size
  for (const { key, attribute, size: own } of sizes) {
    if (left <= maxBytes) break
    const cut = shortened(attribute, left - maxBytes)
    replaced.set(key, cut)
    left -= cut === undefined ? own : own - sizeOf(key, cut)
  }
  const fitted = Object.fromEntries(
    Object.entries(attributes).flatMap(([key, attribute]) => {
      const kept = replaced.has(key) ? replaced.get(key) : attribute
      return kept === undefined ? [] : [[key, kept] as const]
    }),
  )
  return {
    attributes: fitted,
    bytes: TypedAttribute.bytesOfAll(fitted),
    size: left,
    isTrimmed: true,
  }
}

const shortened = (
  attribute: TypedAttribute.TypedAttribute,
  surplus: number,
): TypedAttribute.TypedAttribute | undefined => {
  if (attribute.type !== 'string') return undefined
  const cut = cutText(attribute.value, surplus)
  return cut === undefined ? undefined : TypedAttribute.text(cut)
}

// folds

const COLON_AND_COMMA_BYTES = 2

const sizeOf = (key: string, attribute: TypedAttribute.TypedAttribute): number => {
  const printed = byteLength(JSON.stringify(key)) + byteLength(TypedAttribute.print(attribute))
  return Math.max(
    printed + COLON_AND_COMMA_BYTES,
    byteLength(key) + TypedAttribute.bytesOf(attribute),
  )
}

/** JSON escapes a character in at most so many bytes; one that it does not escape takes at most three. */
const MAX_CHARACTER_BYTES = 6

/** Of a number, and of what surrounds a value. */
const MAX_NUMBER_BYTES = 32

const MAX_FRAME_BYTES = 40

/** A size that attributes do not exceed, without printing them. */
const boundOf = (attributes: TypedAttribute.ItemAttributes): number => {
  // hot: once for each item
  let bound = 0
  for (const key in attributes) {
    const attribute = attributes[key]
    if (attribute === undefined) continue
    bound += key.length * MAX_CHARACTER_BYTES + MAX_FRAME_BYTES
    if (attribute.type === 'array') {
      for (const element of attribute.value) bound += boundOfValue(element)
    } else bound += boundOfValue(attribute.value)
  }
  return bound
}

const boundOfValue = (value: TypedAttribute.Element | bigint): number =>
  typeof value === 'string' ? value.length * MAX_CHARACTER_BYTES + 3 : MAX_NUMBER_BYTES
