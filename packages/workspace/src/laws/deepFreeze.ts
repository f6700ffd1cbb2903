/** Freezes a value with everything in it. Functions, and the elements of typed arrays, cannot be frozen. */
export const deepFreeze = <A>(value: A): A => {
  const stack: Array<unknown> = [value]
  for (let one = stack.pop(); one !== undefined || stack.length > 0; one = stack.pop()) {
    if (typeof one !== 'object' || one === null || ArrayBuffer.isView(one)) continue
    if (Object.isFrozen(one)) continue
    Object.freeze(one)
    for (const inner of Object.values(one)) if (inner !== undefined) stack.push(inner)
  }
  return value
}
