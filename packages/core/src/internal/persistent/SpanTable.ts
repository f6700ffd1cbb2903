/**
 * Values of spans by trace id and span id: a hash table with open addressing and double hashing, in typed arrays that the
 * garbage collector does not scan.
 *
 * Spans are only added, and versions share their arrays. A version is a number of spans: a lookup walks past the entries of
 * later versions and stops only at an empty slot, so old versions stay valid without a copy. Adding to a version that is not
 * the newest copies it.
 *
 * The hash has no secret, because this package has no source of secrets, so a sender can choose ids that collide. A lookup
 * therefore probes at most `MAX_PROBES` slots, and a span that finds no empty slot among them is not remembered. Ids that
 * collide cost their sender its own entries, and no more time than a fixed number of probes each. Other ids are not
 * affected: at least a quarter of the slots stay empty, and ids with another hash probe other slots.
 */
import { hexWord } from '../text/hexDigit.ts'
import { finish, mix, type TraceKey, traceKeyIn, traceKeyOf } from './idWords.ts'

// model

export interface SpanTable<A> {
  /** Spans of this version, which are the first so many entries. */
  readonly size: number
  /** `ENTRY` words for each span: its id, and the number of its group. */
  readonly spans: Int32Array
  /** Spans of one trace that were added together and share a value are a group: the id of its trace, in `TRACE` words. */
  readonly traces: Int32Array
  /** The value of each group. */
  readonly values: Array<A>
  /** `EMPTY`, the number of a span from 1 on, or for the first group of a trace its number from -1 down. */
  readonly slots: Int32Array
}

/** The value of a span of one trace; `undefined` for one that is not there. */
export type Lookup<A> = (spanId: string) => A | undefined

const ENTRY = 3

const GROUP = 2

const TRACE = 4

const EMPTY = 0

/** With a quarter of the slots empty, one random id in 10^31 needs more. */
const MAX_PROBES = 256

const NOT_FOUND = -1

/** A typed array of this many words lies on the heap of V8; larger ones take longer to allocate. */
const MIN_WORDS = 16

/** Bounds the arrays of one table to about 350 MB. */
export const MAX_SPANS: number = 2 ** 24

// constructors

export const empty = <A>(): SpanTable<A> => withRoomFor(0, 0)

/** An empty table with room for as many spans as another one holds, and an eighth more groups. */
export const emptyLike = <A>(table: SpanTable<unknown>): SpanTable<A> =>
  withRoomFor(table.size + 1, Math.ceil((groupsOf(table) * 9) / 8) + 1)

const withRoomFor = <A>(spans: number, groups: number): SpanTable<A> => ({
  size: 0,
  spans: new Int32Array(Math.max(MIN_WORDS, spans * ENTRY)),
  traces: new Int32Array(Math.max(MIN_WORDS, groups * TRACE)),
  values: [],
  slots: new Int32Array(slotsFor(spans + groups)),
})

/** A power of two, at most three quarters of which are in use. */
const slotsFor = (used: number): number => {
  let length = MIN_WORDS
  while (4 * used > 3 * length) length *= 2
  return length
}

// transformations

/** Adds spans of a trace. Those that are there already keep their values. */
export const add = <A, B extends { readonly spanId: string }>(
  table: SpanTable<A>,
  traceId: string,
  added: ReadonlyArray<B>,
  toValue: (span: B) => A,
): SpanTable<A> => {
  const draft = draftOf(table)
  const trace = traceKeyOf(traceId)
  reserve(draft, added.length)
  let group = -1
  for (const span of added) {
    const value = toValue(span)
    if (group < 0 || draft.values[group] !== value) group = draft.values.length
    reserve(draft, 1)
    const high = hexWord(span.spanId, 0)
    const low = hexWord(span.spanId, 8)
    const slot = slotOfSpan(draft, trace, high, low)
    if (slot === NOT_FOUND || at(draft.slots, slot) !== EMPTY) continue
    const entry = draft.size++ * ENTRY
    draft.spans[entry] = high
    draft.spans[entry + 1] = low
    draft.spans[entry + GROUP] = group
    draft.slots[slot] = draft.size
    if (group === draft.values.length) addGroup(draft, trace, value)
  }
  return draft
}

/** A version while spans are added to it. */
type Draft<A> = { -readonly [K in keyof SpanTable<A>]: SpanTable<A>[K] }

/** The arrays of the newest version are shared. An array that was frozen with its state takes no values. */
const draftOf = <A>({ size, spans, traces, values, slots }: SpanTable<A>): Draft<A> => {
  const groups = groupsOf({ size, spans })
  const draft = { size, spans, traces, values, slots }
  if (groups === values.length && Object.isExtensible(values)) return draft
  draft.spans = spans.slice()
  draft.traces = traces.slice()
  draft.values = values.slice(0, groups)
  rehash(draft, slots.length)
  return draft
}

const addGroup = <A>(draft: Draft<A>, trace: TraceKey, value: A): void => {
  const group = draft.values.length
  draft.values.push(value)
  draft.traces.set(trace.words, group * TRACE)
  place(draft.slots, slotOfTrace(draft, trace), -1 - group)
}

/** Makes room for more spans and one more group. Each array at least doubles, so that adding is amortised O(1). */
const reserve = (draft: Draft<unknown>, more: number): void => {
  const { size, values } = draft
  draft.spans = withLength(draft.spans, (size + more) * ENTRY)
  draft.traces = withLength(draft.traces, (values.length + 1) * TRACE)
  const used = size + more + values.length + 1
  if (4 * used > 3 * draft.slots.length) rehash(draft, slotsFor(used))
}

const withLength = (words: Int32Array, length: number): Int32Array => {
  if (length <= words.length) return words
  const longer = new Int32Array(Math.max(2 * words.length, length))
  longer.set(words)
  return longer
}

/** Spans are in the order of their groups, and each group has one. */
const rehash = (draft: Draft<unknown>, length: number): void => {
  draft.slots = new Int32Array(length)
  const { size, spans, traces, slots } = draft
  let group = -1
  let trace = traceKeyIn(traces, 0)
  for (let span = 0; span < size; span++) {
    if (groupAt(spans, span) !== group) {
      trace = traceKeyIn(traces, ++group * TRACE)
      place(slots, slotOfTrace(draft, trace), -1 - group)
    }
    const word = span * ENTRY
    place(slots, slotOfSpan(draft, trace, at(spans, word), at(spans, word + 1)), span + 1)
  }
}

const place = (slots: Int32Array, slot: number, content: number): void => {
  if (slot !== NOT_FOUND && at(slots, slot) === EMPTY) slots[slot] = content
}

// folds

/** Finds the spans of a trace; `undefined` where there are none. */
export const ofTrace = <A>(table: SpanTable<A>, traceId: string): Lookup<A> | undefined => {
  if (table.size === 0) return undefined
  const trace = traceKeyOf(traceId)
  const slot = slotOfTrace(table, trace)
  if (slot === NOT_FOUND || at(table.slots, slot) === EMPTY) return undefined
  return (spanId) => {
    const { size, spans, slots, values } = table
    const found = slotOfSpan(table, trace, hexWord(spanId, 0), hexWord(spanId, 8))
    const span = found === NOT_FOUND ? EMPTY : at(slots, found)
    // Entries of later versions are not in this one.
    return span === EMPTY || span > size ? undefined : values[groupAt(spans, span - 1)]
  }
}

/** The slot that holds a span, or the empty one where it belongs. */
const slotOfSpan = (
  { spans, traces, slots }: SpanTable<unknown>,
  trace: TraceKey,
  high: number,
  low: number,
): number => {
  const hash = finish(mix(mix(trace.hash, high), low))
  const mask = slots.length - 1
  let slot = hash & mask
  for (let probe = 0; probe < MAX_PROBES; probe++) {
    const content = at(slots, slot)
    if (content === EMPTY) return slot
    const word = (content - 1) * ENTRY
    if (
      content > 0 &&
      at(spans, word + 1) === low &&
      at(spans, word) === high &&
      isTrace(traces, at(spans, word + GROUP), trace)
    ) {
      return slot
    }
    slot = (slot + stride(hash)) & mask
  }
  return NOT_FOUND
}

/** The slot that holds the first group of a trace, or the empty one where it belongs. */
const slotOfTrace = ({ traces, slots }: SpanTable<unknown>, trace: TraceKey): number => {
  const hash = finish(trace.hash)
  const mask = slots.length - 1
  let slot = hash & mask
  for (let probe = 0; probe < MAX_PROBES; probe++) {
    const content = at(slots, slot)
    if (content === EMPTY || (content < 0 && isTrace(traces, -1 - content, trace))) return slot
    slot = (slot + stride(hash)) & mask
  }
  return NOT_FOUND
}

/** The distance between probes: odd, so that they visit every slot, and from other bits than the first slot. */
const stride = (hash: number): number => (hash >>> 16) | (hash << 16) | 1

const isTrace = (traces: Int32Array, group: number, { words }: TraceKey): boolean => {
  const word = group * TRACE
  return (
    at(traces, word + 3) === words[3] &&
    at(traces, word + 2) === words[2] &&
    at(traces, word + 1) === words[1] &&
    at(traces, word) === words[0]
  )
}

/** The last span of a version is of its last group. */
const groupsOf = ({ size, spans }: Pick<SpanTable<unknown>, 'size' | 'spans'>): number =>
  size === 0 ? 0 : groupAt(spans, size - 1) + 1

const groupAt = (spans: Int32Array, span: number): number => at(spans, span * ENTRY + GROUP)

// Only words within the array are read.
const at = (words: Int32Array, index: number): number => words[index] as number
