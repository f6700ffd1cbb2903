/** Adds a value to the list of a key: a step of building a map from keys to all their values. */
export const append = <K, A>(lists: Map<K, [A, ...Array<A>]>, key: K, value: A): void => {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
