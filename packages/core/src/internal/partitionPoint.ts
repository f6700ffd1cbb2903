/** How many at the head of a list hold; those that do stand before those that do not. Costs the logarithm of its length. */
export const partitionPoint = <A>(list: ReadonlyArray<A>, holds: (value: A) => boolean): number => {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    const value = list[middle]
    if (value !== undefined && holds(value)) low = middle + 1
    else high = middle
  }
  return low
}
