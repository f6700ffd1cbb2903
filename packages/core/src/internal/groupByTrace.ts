import { append } from './append.ts'

/** Groups values by their trace id. Groups, and the values in each, keep the order of the input. Linear. */
export const groupByTrace = <K extends string, B extends { readonly traceId: K }>(
  values: ReadonlyArray<B>,
): ReadonlyMap<B['traceId'], ReadonlyArray<B>> => {
  const groups = new Map<B['traceId'], [B, ...Array<B>]>()
  for (const value of values) append(groups, value.traceId, value)
  return groups
}
