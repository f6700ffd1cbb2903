/**
 * An estimate of the bytes that a value holds in memory: two for each character of its texts and keys, as engines need them at
 * most, and an allowance for each object and number. Law: a text anywhere in the value adds its length. Iterative, because a
 * value may be nested deeply.
 */
export const heldBytesOf = (value: unknown): number => {
  let bytes = 0
  const rest: Array<unknown> = [value]
  while (rest.length > 0) {
    const one = rest.pop()
    bytes += VALUE_BYTES
    if (typeof one === 'string') bytes += one.length * BYTES_PER_CHARACTER
    else if (typeof one === 'object' && one !== null) {
      for (const [key, child] of Object.entries(one)) {
        // The keys of lists are not stored.
        if (!Array.isArray(one)) bytes += key.length * BYTES_PER_CHARACTER
        rest.push(child)
      }
    }
  }
  return bytes
}

const BYTES_PER_CHARACTER = 2

/** The header of a text, an element of a list, a field of an object. */
const VALUE_BYTES = 16
