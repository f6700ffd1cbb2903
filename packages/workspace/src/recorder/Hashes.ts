/** Hashes of what each step of each scenario gave, as they are committed. */

// model

/**
 * By the name of a scenario, one text for each step: the hash of all of it, 16 hexadecimal digits, then 8 digits for
 * each envelope, separated by spaces.
 */
export type Steps = Readonly<Record<string, ReadonlyArray<string>>>

export interface Hashes {
  /** Of the bytes as they are. */
  readonly exact: Steps
  /** With the ids masked that the product made. */
  readonly masked: Steps
}

// folds

/** The first difference of each scenario that has one. */
export const differences = (expected: Steps, actual: Steps): ReadonlyArray<string> => {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])]
  return names.flatMap((name) => {
    const [before, after] = [expected[name], actual[name]]
    if (before === undefined) return [`"${name}" is not among the committed scenarios`]
    if (after === undefined) return [`"${name}" was not recorded`]
    const index = before.findIndex((step, at) => at < after.length && step !== after[at])
    if (index >= 0) return [`"${name}", step ${index}: ${difference(before[index], after[index])}`]
    return before.length === after.length
      ? []
      : [`"${name}" has ${after.length} steps, ${before.length} are committed`]
  })
}

const difference = (before = '', after = ''): string => {
  const [, ...expected] = before.split(' ')
  const [, ...actual] = after.split(' ')
  const at = actual.findIndex((hash, index) => hash !== expected[index])
  if (at >= 0) {
    const place = `envelope ${at} of ${actual.length} (${expected.length} are committed)`
    return `${place} has hash ${actual[at]}, committed is ${expected[at] ?? 'none'}`
  }
  return actual.length < expected.length
    ? `${actual.length} envelopes, ${expected.length} are committed`
    : 'the envelopes are the same, but not the losses, the time to wake, the spans that wait, or what is known of an envelope beside its bytes'
}
