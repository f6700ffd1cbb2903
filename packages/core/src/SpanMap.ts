/**
 * A map by span id that is never changed. Few spans are held as one text, which takes a third of the memory of a table:
 * most traces are small, and what was sent of them is remembered for minutes.
 */
import { detached } from './detached.ts'
import type { SpanId } from './SpanId.ts'

// model

export type SpanMap<A> = Few<A> | ReadonlyMap<SpanId, A>

interface Few<A> {
  /** Each span as its id and the mark of its value. No mark is a digit, so that an id is found nowhere but at its place. */
  readonly text: string
  /** Those that are different, in the order of their marks. */
  readonly values: ReadonlyArray<A>
}

// constructors

/** As it takes the least memory. The given map belongs to what is made of it. */
export const of = <A>(spans: SpanMap<A>): SpanMap<A> =>
  isFew(spans) || spans.size > MARKS.length ? spans : few('', [], spans)

/** What is known already, and more. */
const few = <A>(
  text: string,
  known: ReadonlyArray<A>,
  more: Iterable<readonly [SpanId, A]>,
): Few<A> => {
  const values = known.slice()
  const parts = [text]
  for (const [id, value] of more) {
    const at = values.indexOf(value)
    parts.push(id, MARKS.charAt(at < 0 ? values.push(value) - 1 : at))
  }
  // What is joined holds on to none of its parts; what is copied has no room to grow.
  return { text: parts.join(''), values: values.slice() }
}

/** Capitals and what follows them: before the small letters, which are digits. */
const MARKS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`'

const ID_CHARACTERS = 16

const RECORD_CHARACTERS = ID_CHARACTERS + 1

// combinators

/** Where both have a span, the second one counts. */
export const concat = <A>(first: SpanMap<A>, second: SpanMap<A>): SpanMap<A> => {
  const later = tableOf(second)
  if (isFew(first) && size(first) + later.size <= MARKS.length && isApart(first, later)) {
    return few(first.text, first.values, later)
  }
  const joined = new Map(tableOf(first))
  for (const [id, value] of later) joined.set(id, value)
  return of(joined)
}

const isApart = <A>({ text }: Few<A>, later: ReadonlyMap<SpanId, A>): boolean => {
  for (const id of later.keys()) if (text.includes(id)) return false
  return true
}

// destructors

export const get = <A>(spans: SpanMap<A>, id: SpanId): A | undefined => {
  if (!isFew(spans)) return spans.get(id)
  const at = spans.text.indexOf(id)
  return at < 0 ? undefined : valueAt(spans, at)
}

export const size = <A>(spans: SpanMap<A>): number =>
  isFew(spans) ? spans.text.length / RECORD_CHARACTERS : spans.size

const tableOf = <A>(spans: SpanMap<A>): ReadonlyMap<SpanId, A> => {
  if (!isFew(spans)) return spans
  const table = new Map<SpanId, A>()
  for (let at = 0; at < spans.text.length; at += RECORD_CHARACTERS) {
    const value = valueAt(spans, at)
    if (value !== undefined) table.set(idAt(spans, at), value)
  }
  return table
}

/** An id was put there. */
const idAt = <A>({ text }: Few<A>, at: number): SpanId =>
  detached(text.slice(at, at + ID_CHARACTERS)) as SpanId

const valueAt = <A>({ text, values }: Few<A>, at: number): A | undefined =>
  values[MARKS.indexOf(text.charAt(at + ID_CHARACTERS))]

const isFew = <A>(spans: SpanMap<A>): spans is Few<A> => 'text' in spans
