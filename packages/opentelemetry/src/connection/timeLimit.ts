/**
 * The time limit of `forceFlush` and `shutdown`. SDKs give them other arguments too: otel-cf-workers the id of a trace
 * (`src/spanprocessor.ts` of evanderkoogh/otel-cf-workers), and the provider of SDK 3 takes an object (`ForceFlushOptions`).
 */

// decoding

/** Milliseconds; `undefined` for any other argument. */
export const timeLimitOf = (given: unknown): number | undefined => {
  const value: unknown =
    typeof given === 'object' && given !== null ? Reflect.get(given, 'timeoutMillis') : given
  return typeof value === 'number' && !Number.isNaN(value) ? value : undefined
}
