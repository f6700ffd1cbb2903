/** Equal data, with secrets that are functions and expressions in it. Other functions are equal only if they are the same. */
export const isSame = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (a instanceof RegExp || b instanceof RegExp) return String(a) === String(b)
  if (isSecret(a) && isSecret(b)) return a.reveal() === b.reveal()
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [first, second] = [Object.entries(a), Object.entries(b)]
  const others = new Map(second)
  return (
    first.length === second.length &&
    first.every(([key, value]) => others.has(key) && isSame(value, others.get(key)))
  )
}

const isSecret = (value: object): value is { readonly reveal: () => unknown } =>
  'reveal' in value && typeof value.reveal === 'function'
