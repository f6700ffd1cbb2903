/** JSON as Sentry's parser reads it, and its objects and lists. */

// model

export type Fields = Readonly<Record<string, unknown>>

// guards

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Absent and null are the same to Sentry. */
export const isAbsent = (value: unknown): value is undefined | null =>
  value === undefined || value === null

/** Hexadecimal digits of either case, not all zero. */
export const isId = (value: unknown, digits: 16 | 32): boolean =>
  typeof value === 'string' &&
  value.length === digits &&
  /^[0-9a-fA-F]+$/.test(value) &&
  !/^0+$/.test(value)

/** A UUID with dashes or without. */
export const isUuid = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$/.test(value)

/** Whether JSON text escapes half of a pair: Sentry's parser refuses the whole text for it. */
export const hasLoneSurrogate = (json: string): boolean => {
  if (!/\\u[dD][89a-fA-F]/.test(json)) return false
  let highEndsAt = -1
  for (const found of json.matchAll(/\\(?:u([0-9a-fA-F]{4})|.)/g)) {
    const unit = found[1] === undefined ? 0 : Number.parseInt(found[1], 16)
    const isLow = unit >= 0xdc00 && unit <= 0xdfff
    const isPair = highEndsAt === found.index
    if (isLow !== (highEndsAt !== -1) || (isLow && !isPair)) return true
    highEndsAt = unit >= 0xd800 && unit <= 0xdbff ? found.index + found[0].length : -1
  }
  return highEndsAt !== -1
}

// decoding

/** The entries of a list with their places; none of anything else. */
export const entriesOf = (value: unknown): ReadonlyArray<readonly [number, unknown]> =>
  Array.isArray(value) ? [...value.entries()] : []

/** A field of a value that is perhaps not an object. */
export const field = (value: unknown, key: string): unknown =>
  isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined

/** Bytes of a value as JSON in UTF-8. */
export const bytesOf = (value: unknown): number =>
  new TextEncoder().encode(JSON.stringify(value) ?? '').length

/** The levels of nesting of a value; none of a scalar. */
export const levelsOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(levelsOf))
    : 0

/** JSON as bytes; `undefined` if they are not UTF-8 or not JSON. */
export const parse = (
  bytes: Uint8Array,
): { readonly value: unknown; readonly text: string } | undefined => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return { value: JSON.parse(text), text }
  } catch {
    return undefined
  }
}
