/**
 * A function of a span that names the attribute keys that it reads. The name is a property of the function, so that it
 * stays right when functions are put together: `{ ...Mapping.sentry, op }`.
 *
 * @example
 * ```ts
 * import { Operation, SpanFunction } from '@sentry-exporter/core'
 *
 * const isJob = SpanFunction.reading(
 *   ['job.name', Operation.rpc],
 *   (span) => span.attributes['job.name'] !== undefined && Operation.rpc(span)._tag === 'None',
 * )
 * console.log(isJob.reads) // [ 'job.name', 'rpc.service', 'rpc.system.name', 'rpc.system' ]
 * ```
 */
import type { Span } from '../model/Span.ts'
import type { FirstLetters } from './FirstLetters.ts'

// model

export interface SpanFunction<A> {
  /** `letters` are those of the span's attributes; without them no look-up is spared, and the result is the same. */
  (span: Span, letters?: FirstLetters): A
  /**
   * The keys of the span's own attributes that the function may read. Without it the function counts as reading every key.
   * Attributes of the resource and the scope are not part of it.
   */
  readonly reads?: ReadonlyArray<string>
  /**
   * Keys of the span's own attributes. For a span that has none of them the function gives no answer: `undefined`, `none` or
   * `false`. Without it the function may answer for any span.
   */
  readonly needs?: ReadonlyArray<string>
}

/** A key, or a function whose keys are meant. */
export type KeySource = string | SpanFunction<unknown>

// constructors

/** The function with the keys that it reads. `f` itself gets the property: a function around it would cost each call. */
export const reading = <A>(
  sources: ReadonlyArray<KeySource>,
  f: (span: Span, letters?: FirstLetters) => A,
): SpanFunction<A> => withReads(readsOf(sources), f)

/** The same with keys that are known already; `undefined` for every key. */
export const withReads = <A>(
  reads: ReadonlyArray<string> | undefined,
  f: (span: Span, letters?: FirstLetters) => A,
): SpanFunction<A> => (reads === undefined ? f : Object.assign(f, { reads }))

/**
 * Marks a function that gives no answer for a span without all of these keys, and of the keys that these functions need.
 * `f` itself gets the property.
 */
export const needing = <F extends SpanFunction<unknown>>(
  sources: ReadonlyArray<KeySource>,
  f: F,
): F => {
  const needs = needsOf(sources)
  return needs === undefined ? f : Object.assign(f, { needs })
}

// folds

/** The union of the keys, each once; `undefined` if one of the functions may read every key. */
export const readsOf = (sources: ReadonlyArray<KeySource>): ReadonlyArray<string> | undefined =>
  union(sources, ({ reads }) => reads)

/** The union of the keys, each once; `undefined` if one of the functions may answer for any span. */
export const needsOf = (sources: ReadonlyArray<KeySource>): ReadonlyArray<string> | undefined =>
  union(sources, ({ needs }) => needs)

const union = (
  sources: ReadonlyArray<KeySource>,
  keysOf: (f: SpanFunction<unknown>) => ReadonlyArray<string> | undefined,
): ReadonlyArray<string> | undefined => {
  const keys = new Set<string>()
  for (const source of sources) {
    const found = typeof source === 'string' ? [source] : keysOf(source)
    if (found === undefined) return undefined
    for (const key of found) keys.add(key)
  }
  return Object.freeze([...keys])
}
