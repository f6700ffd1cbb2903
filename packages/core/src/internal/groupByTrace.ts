import { append } from './append.ts'

/** Groups values by their trace id. Groups, and the values in each, keep the order of the input. Linear. */
export const groupByTrace = <K extends string, B extends { readonly traceId: K }>(
  values: ReadonlyArray<B>,
): ReadonlyMap<B['traceId'], ReadonlyArray<B>> => {
  const groups = new Map<B['traceId'], [B, ...Array<B>]>()
  // hot: once for each span. The spans of a trace usually follow each other.
  let last: [B, ...Array<B>] | undefined
  for (const value of values) {
    if (last?.[0].traceId === value.traceId) last.push(value)
    else {
      append(groups, value.traceId, value)
      last = groups.get(value.traceId)
    }
  }
  return groups
}
