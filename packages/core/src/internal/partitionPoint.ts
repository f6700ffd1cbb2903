/**
 * The number of leading values that satisfy a predicate, by binary search: all values that satisfy it come before all
 * that do not.
 */
export const partitionPoint = <A>(
  values: ReadonlyArray<A>,
  predicate: (value: A) => boolean,
): number => {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    const value = values[middle]
    if (value !== undefined && predicate(value)) low = middle + 1
    else high = middle
  }
  return low
}
