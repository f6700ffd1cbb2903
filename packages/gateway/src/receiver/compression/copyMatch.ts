/**
 * Appends `length` bytes that start `offset` bytes before the end of the output. The two ranges overlap where the offset
 * is smaller than the length: then the bytes repeat. The caller checks the bounds.
 */
export const copyMatch = (
  output: Uint8Array,
  at: number,
  { offset, length }: { readonly offset: number; readonly length: number },
): void => {
  const from = at - offset
  if (offset >= length) {
    output.copyWithin(at, from, from + length)
  } else {
    // hot: once per match
    for (let i = 0; i < length; i++) output[at + i] = output[from + i] ?? 0
  }
}
