/** Shortens attributes of log items that are too large together: the largest values first. */
import type { Json } from '../model/Json.ts'
import { shrink } from '../size/shrink.ts'
import { attributeBytes } from './LogItem.ts'
import type * as TypedAttribute from './TypedAttribute.ts'

// model

export interface FittedAttributes {
  readonly attributes: TypedAttribute.LogAttributes
  /** As the server counts them. */
  readonly bytes: number
  readonly isTrimmed: boolean
}

// transformations

/** The same attributes if they are not too large. Texts are shortened; a list, and what cannot be shortened, is left out. */
export const fitAttributes = (
  attributes: TypedAttribute.LogAttributes,
  maxBytes: number,
): FittedAttributes => {
  const bytes = attributeBytes(attributes)
  if (bytes <= maxBytes) return { attributes, bytes, isTrimmed: false }
  const values = Object.fromEntries(
    Object.entries(attributes).map(([key, { value }]): [string, Json] => [
      key,
      typeof value === 'bigint' ? String(value) : value,
    ]),
  )
  const kept = shrink(values, bytes - maxBytes)
  const fitted = Object.fromEntries(
    Object.entries(attributes).flatMap(([key, attribute]) => {
      if (!Object.hasOwn(kept, key)) return []
      const value = kept[key]
      return attribute.type === 'string' && typeof value === 'string'
        ? [[key, { value, type: attribute.type }] as const]
        : [[key, attribute] as const]
    }),
  )
  return { attributes: fitted, bytes: attributeBytes(fitted), isTrimmed: true }
}
