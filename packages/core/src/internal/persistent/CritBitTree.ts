/**
 * Values of spans, found by the ids of trace and span: a crit-bit tree that lies in one array of numbers, where a collector
 * of garbage has nothing to look at. A way through it is no longer than the ids have bits, whatever ids somebody thinks up.
 *
 * It only grows, and a version of it is how many spans it has: a search for a span that is there ends at it, however much
 * was added later. So old versions stay as they were; adding to one that others have outgrown costs a copy of it.
 */
import { hexWord } from '../text/hexDigit.ts'

// model

export interface CritBitTree<A> {
  /** Of this version: the first so many spans. */
  readonly size: number
  readonly grown: Grown<A>
}

/** What all versions share, as large as the largest of them. */
interface Grown<A> {
  size: number
  /** `ENTRY` for each span. */
  words: Int32Array
  /** Spans that were added together and have one value are a group: the id of its trace, in `TRACE` words. */
  traces: Int32Array
  /** Of each group. */
  readonly values: Array<A>
}

/** The ids of trace and span, in words of 32 bits. */
type Key = [number, number, number, number, number, number]

/** The value of a span of one trace; `undefined` for one that is not there. */
export type Lookup<A> = (spanId: string) => A | undefined

// An entry in words: the id of its span, then its group and the fork that it brought: the first bit in which the keys beyond
// it differ, and the ways to those that have it off and on. A way is the number of a fork, or the complement of that of a span.

const FORK = 2

const OFF = 3

const ENTRY = 5

const TRACE = 4

/** The first span brought no fork. The way to all others is there instead. */
const ROOT = OFF

/** Below the number of a group. */
const BIT = 0xff

const GROUP_AT = 8

const TRACE_BITS = 128

const KEY_BITS = 192

/** More groups cannot be told apart. */
export const MAX_SPANS: number = 2 ** (32 - GROUP_AT)

// constructors

/** With room for so many spans; it grows if there are more, up to `MAX_SPANS`. */
export const empty = <A>(spans: number): CritBitTree<A> => ({
  size: 0,
  grown: {
    size: 0,
    words: new Int32Array(Math.max(FEWEST, spans) * ENTRY),
    traces: new Int32Array(FEWEST * TRACE),
    values: [],
  },
})

/** Of so few words an array is an object as any other; larger ones are memory of their own, which takes longer to get. */
const FEWEST = 3

// combinators

/** With spans of a trace. Those that are there already keep their values. */
export const add = <A, B extends { readonly spanId: string }>(
  tree: CritBitTree<A>,
  traceId: string,
  spans: ReadonlyArray<B>,
  toValue: (span: B) => A,
): CritBitTree<A> => {
  const grown = tree.size === tree.grown.size ? tree.grown : copyOf(tree)
  const key = keyOf(traceId)
  let way = ROOT
  let group = -1
  for (const span of spans) {
    const value = toValue(span)
    if (group < 0 || grown.values[group] !== value) group = grown.values.length
    turnTo(key, span.spanId)
    const isNew = insert(grown, key, way, group)
    if (isNew && group === grown.values.length) addGroup(grown, key, value)
    if (way === ROOT) way = wayTo(grown.words, key, ROOT, TRACE_BITS)
  }
  return { size: grown.size, grown }
}

const addGroup = <A>(grown: Grown<A>, key: Key, value: A): void => {
  const from = grown.values.length * TRACE
  grown.values.push(value)
  grown.traces = withRoom(grown.traces, from + TRACE)
  for (let i = 0; i < TRACE; i++) grown.traces[from + i] = wordIn(key, i)
}

/** Below a way that leads to all spans of its trace, if there are any. Whether it was not there yet. */
const insert = (grown: Grown<unknown>, key: Key, from: number, group: number): boolean => {
  const bit = grown.size === 0 ? 0 : firstDifference(grown, key, from)
  if (bit === KEY_BITS) return false
  const span = grown.size++
  grown.words = withRoom(grown.words, grown.size * ENTRY)
  const { words } = grown
  const entry = span * ENTRY
  words[entry] = wordIn(key, TRACE)
  words[entry + 1] = wordIn(key, TRACE + 1)
  words[entry + FORK] = (group << GROUP_AT) | bit
  const way = wayTo(words, key, from, bit)
  const on = bitOf(key, bit)
  words[entry + OFF + on] = ~span
  words[entry + OFF + 1 - on] = at(words, way)
  // The first one brings no fork.
  words[way] = span || ~span
  return true
}

/** The first bit in which a key differs from the one that is most like it. */
const firstDifference = (grown: Grown<unknown>, key: Key, from: number): number => {
  const span = ~at(grown.words, wayTo(grown.words, key, from, KEY_BITS))
  for (let i = 0; i < key.length; i++) {
    const difference = wordIn(key, i) ^ wordOfSpan(grown, span, i)
    if (difference !== 0) return i * 32 + Math.clz32(difference)
  }
  return KEY_BITS
}

const withRoom = (words: Int32Array, length: number): Int32Array => {
  if (length <= words.length) return words
  const larger = new Int32Array(4 * words.length)
  larger.set(words)
  return larger
}

const copyOf = <A>({ size, grown }: CritBitTree<A>): Grown<A> => {
  const { words } = empty(size + 1).grown
  const copy = { size: 0, words, traces: grown.traces.slice(), values: grown.values.slice() }
  const key: Key = [0, 0, 0, 0, 0, 0]
  for (let span = 0; span < size; span++) {
    for (let i = 0; i < key.length; i++) key[i] = wordOfSpan(grown, span, i)
    insert(copy, key, ROOT, groupAt(grown.words, span))
  }
  return copy
}

// destructors

/** Finds the spans of a trace; `undefined` where there are none. */
export const ofTrace = <A>(
  { size, grown }: CritBitTree<A>,
  traceId: string,
): Lookup<A> | undefined => {
  if (size === 0) return undefined
  const key = keyOf(traceId)
  const top = wayTo(grown.words, key, ROOT, TRACE_BITS)
  // All beyond it are of one trace.
  if (firstDifference(grown, key, top) < TRACE_BITS) return undefined
  return (spanId) => {
    turnTo(key, spanId)
    const { words } = grown
    const span = ~at(words, wayTo(words, key, top, KEY_BITS))
    const isIt =
      span < size &&
      at(words, span * ENTRY) === wordIn(key, TRACE) &&
      at(words, span * ENTRY + 1) === wordIn(key, TRACE + 1)
    return isIt ? valueAt(grown, span) : undefined
  }
}

/** Where the way is written that a key takes from another one, up to a fork at a bit or beyond it. */
const wayTo = (words: Int32Array, key: Key, from: number, bit: number): number => {
  let way = from
  for (let next = at(words, way); next > 0; next = at(words, way)) {
    const fork = next * ENTRY
    const forkBit = at(words, fork + FORK) & BIT
    if (forkBit >= bit) break
    way = fork + OFF + bitOf(key, forkBit)
  }
  return way
}

const groupAt = (words: Int32Array, span: number): number =>
  at(words, span * ENTRY + FORK) >>> GROUP_AT

const wordOfSpan = ({ words, traces }: Grown<unknown>, span: number, index: number): number =>
  index < TRACE
    ? at(traces, groupAt(words, span) * TRACE + index)
    : at(words, span * ENTRY + index - TRACE)

const bitOf = (key: Key, bit: number): number => (wordIn(key, bit >>> 5) >>> (31 - (bit & 31))) & 1

// One of its six.
const wordIn = (key: Key, index: number): number => key[index] as number

// Only what was written is asked for.
const at = (words: Int32Array, index: number): number => words[index] as number

// Each span is of a group, and each group has one.
const valueAt = <A>({ words, values }: Grown<A>, span: number): A =>
  values[groupAt(words, span)] as A

const keyOf = (traceId: string): Key => [
  hexWord(traceId, 0),
  hexWord(traceId, 8),
  hexWord(traceId, 16),
  hexWord(traceId, 24),
  0,
  0,
]

const turnTo = (key: Key, spanId: string): void => {
  key[4] = hexWord(spanId, 0)
  key[5] = hexWord(spanId, 8)
}
