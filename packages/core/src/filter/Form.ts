/**
 * Reads values of which nothing is known: what a function of the user returned. A form copies the parts that it expects, each
 * of which it reads once, so that a getter or a proxy cannot give another value later. It names the first part that is wrong.
 *
 * Only plain data passes: no promise, date, map, function or symbol, no circle, and nothing that JSON cannot express.
 */
import * as E from '#fp-ts/Either'
import * as Json from '../model/Json.ts'

// model

/** The part of a value that is wrong. */
export interface Mismatch {
  /** `contexts.trace.op`; empty for the value itself. */
  readonly path: string
  readonly found: string
  readonly expected: string
}

/** A value while it is read. */
export interface FormReading {
  /** The first part that is wrong; the result of the form means nothing then. */
  mismatch: Mismatch | undefined
  /** The number of further values that are read. */
  values: number
}

/** Gives the copy; `undefined` for a part that is absent or wrong. */
export type Form<A> = (value: unknown, path: string, reading: FormReading) => A | undefined

/** The forms of the fields of a record. */
type Fields<A> = { readonly [Key in keyof A]-?: Form<NonNullable<A[Key]>> }

type PlainObject = Readonly<Record<string, unknown>>

/** Bounds the time for lists in lists that share their parts. */
const MAX_VALUES = 200_000

/** As deep as decoders read. */
const MAX_LEVELS = 33

// decoding

/** Reads a whole value. The result is never `undefined`. */
export const read = <A>(form: Form<A>, value: unknown): E.Either<Mismatch, A> => {
  const reading: FormReading = { mismatch: undefined, values: MAX_VALUES }
  try {
    const copy = form(value, '', reading)
    if (reading.mismatch === undefined && copy !== undefined) return E.right(copy)
    return E.left(reading.mismatch ?? mismatchOf(value, '', 'a value'))
  } catch {
    return E.left({
      path: '',
      found: 'a value that throws when it is read',
      expected: 'plain data',
    })
  }
}

/** Notes that a part is wrong, unless one was before. */
export const wrong = (
  value: unknown,
  path: string,
  reading: FormReading,
  expected: string,
): undefined => {
  ignoreRejection(value)
  reading.mismatch ??= mismatchOf(value, path, expected)
  return undefined
}

/** A promise that nobody reads must not reject unhandled, which ends a process of Node. */
export const ignoreRejection = (value: unknown): void => {
  if (value instanceof Promise) value.then(ignore, ignore)
}

const ignore = (): void => undefined

const mismatchOf = (value: unknown, path: string, expected: string): Mismatch => ({
  path: path.slice(0, MAX_PATH_CHARACTERS),
  found: nameOf(value),
  expected,
})

const MAX_PATH_CHARACTERS = 120

/** Names the kind of a value, and shows nothing of its content. */
const nameOf = (value: unknown): string => {
  switch (typeof value) {
    case 'undefined':
      return 'nothing'
    case 'number':
      return Number.isFinite(value) ? 'a number' : `the number ${value}`
    case 'object':
      if (value === null) return 'null'
      if (Array.isArray(value)) return 'a list'
      return isPlainObject(value)
        ? 'an object'
        : `an object of the class ${Object.prototype.toString.call(value).slice('[object '.length, -1)}`
    default:
      return `a ${typeof value}`
  }
}

// guards

/** Also of another realm: its prototype has no prototype itself. */
export const isPlainObject = (value: unknown): value is PlainObject => {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

// instances

const ofType =
  <A>(is: (value: unknown) => value is A, expected: string): Form<A> =>
  (value, path, reading) =>
    is(value) ? value : wrong(value, path, reading, expected)

const isText = (value: unknown): value is string => typeof value === 'string'

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'

const isFiniteNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value)

export const text: Form<string> = ofType(isText, 'a text')

export const boolean: Form<boolean> = ofType(isBoolean, 'true or false')

export const number: Form<number> = ofType(isFiniteNumber, 'a finite number')

/** Where the value does not matter, because another one takes its place among the fields. */
export const ignored: Form<never> = () =>
  // Read by nobody: the caller sets the field.
  null as never

const leftOut: Form<never> = () => undefined

export const oneOf = <A extends string>(names: ReadonlyArray<A>): Form<A> =>
  ofType(
    (value): value is A => names.some((name) => name === value),
    names.map((name) => `"${name}"`).join(', '),
  )

export const matching = (pattern: RegExp, expected: string): Form<string> =>
  ofType((value): value is string => isText(value) && pattern.test(value), expected)

export const list =
  <A>(element: Form<A>): Form<ReadonlyArray<A>> =>
  (value, path, reading) => {
    if (!Array.isArray(value)) return wrong(value, path, reading, 'a list')
    const copy: Array<A> = []
    const { length } = value
    for (let index = 0; index < length; index++) {
      const one = element(value[index], `${path}[${index}]`, count(reading, path))
      // Only the first wrong part is named, and later ones are not read.
      if (reading.mismatch !== undefined) return undefined
      if (one !== undefined) copy.push(one)
    }
    return copy
  }

/** A record with any keys. A key whose value is `undefined` counts as absent. */
export const record =
  <A>(element: Form<A>): Form<Readonly<Record<string, A>>> =>
  (value, path, reading) =>
    copyOf<A>(value, path, reading, () => element)

/**
 * A record of these fields, in the order of the given value. Fields that are not in `optional` must be there. `others` reads the
 * fields that are not listed; without it they are left out.
 */
export const struct =
  <A extends object>(
    fields: Fields<A>,
    optional: ReadonlyArray<keyof A & string>,
    others: Form<unknown> = leftOut,
  ): Form<A> =>
  (value, path, reading) => {
    const copy = copyOf<unknown>(value, path, reading, (key) =>
      // Own keys only: `constructor` is not a field.
      Object.hasOwn(fields, key) ? fields[key as keyof A] : others,
    )
    if (copy === undefined) return undefined
    for (const key in fields) {
      if (fields[key] === ignored || Object.hasOwn(copy, key) || optional.includes(key)) continue
      fields[key](undefined, inside(path, key), reading)
      if (reading.mismatch !== undefined) return undefined
    }
    // Each field was copied by its own form.
    return copy as A
  }

/** Any value that JSON can express. */
export const json: Form<Json.Json> = (value, path, reading) => jsonAt(value, path, reading, 0)

export const jsonObject: Form<Json.JsonObject> = (value, path, reading) =>
  isPlainObject(value)
    ? copyOf<Json.Json>(value, path, reading, () => json)
    : wrong(value, path, reading, 'an object')

const jsonAt = (
  value: unknown,
  path: string,
  reading: FormReading,
  level: number,
): Json.Json | undefined => {
  if (value === null || isText(value) || isBoolean(value) || isFiniteNumber(value)) return value
  if (level >= MAX_LEVELS) return wrong(value, path, reading, `at most ${MAX_LEVELS} levels`)
  const inner: Form<Json.Json> = (one, at, now) => jsonAt(one, at, now, level + 1)
  if (Array.isArray(value)) return list(inner)(value, path, reading)
  return isPlainObject(value)
    ? copyOf<Json.Json>(value, path, reading, () => inner)
    : wrong(value, path, reading, 'a value that JSON can express')
}

/** The copy of a plain object, each value by the form of its key. */
const copyOf = <A>(
  value: unknown,
  path: string,
  reading: FormReading,
  formOf: (key: string) => Form<A>,
): Record<string, A> | undefined => {
  if (!isPlainObject(value)) return wrong(value, path, reading, 'an object')
  const copy: Record<string, A> = {}
  for (const key of Object.keys(value)) {
    const one = value[key]
    if (one === undefined) continue
    const read = formOf(key)(one, inside(path, key), count(reading, path))
    if (reading.mismatch !== undefined) return undefined
    if (read !== undefined) Json.set(copy, key, read)
  }
  return copy
}

/** Counts one more value. */
export const count = (reading: FormReading, path: string): FormReading => {
  if (--reading.values < 0) wrong(undefined, path, reading, `at most ${MAX_VALUES} values`)
  return reading
}

const inside = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`)
