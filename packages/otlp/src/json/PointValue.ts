/** The values of a point. One that cannot be read is the failure of its point, in the cursor. */
import * as MetricKind from '../metric/MetricKind.ts'
import * as Cursor from './Cursor.ts'
import * as Scalar from './Scalar.ts'

// model

const EMPTY: ReadonlyArray<never> = /* @__PURE__ */ Object.freeze([])

const INT64 = 'a 64-bit integer'
const UINT64 = 'an unsigned 64-bit integer'

// guards

export const hasNumber = (value: Scalar.JsonFields): boolean =>
  !Scalar.isAbsent(intIn(value)) || !Scalar.isAbsent(doubleIn(value))

// decoding

/** The number in `asInt` or `asDouble`; `undefined` with the failure in the cursor. The last one wins, as in protobuf. */
export const number = (cursor: Cursor.Cursor, value: Scalar.JsonFields): number | undefined => {
  const int = intIn(value)
  const double = doubleIn(value)
  if (Scalar.isAbsent(int) && Scalar.isAbsent(double)) {
    Cursor.fail(cursor, '', MetricKind.NUMBER_SHAPE, undefined)
    return undefined
  }
  const isInt = Scalar.isAbsent(double) || (!Scalar.isAbsent(int) && isIntLast(value))
  const found = isInt ? Scalar.int64(cursor, int) : Scalar.double(double)
  if (found !== undefined) return found
  if (isInt) Cursor.fail(cursor, '.asInt', INT64, int)
  else Cursor.fail(cursor, '.asDouble', 'a number', double)
  return undefined
}

const intIn = (value: Scalar.JsonFields): unknown => value['asInt'] ?? value['as_int']

const doubleIn = (value: Scalar.JsonFields): unknown => value['asDouble'] ?? value['as_double']

const NUMBER_KEY = /^as(Int|Double|_int|_double)$/

/** Of an object that has both. */
const isIntLast = (value: Scalar.JsonFields): boolean => {
  let isInt = false
  for (const key in value) if (NUMBER_KEY.test(key)) isInt = key.endsWith('nt')
  return isInt
}

/** An unsigned integer of 64 bits; absent is 0. */
export const count = (cursor: Cursor.Cursor, value: unknown, path: string): number => {
  if (Scalar.isAbsent(value)) return 0
  const found = Scalar.uint64(cursor, value)
  if (found === undefined) Cursor.fail(cursor, path, UINT64, value)
  return found ?? 0
}

/** Absent is 0. */
export const int32 = (cursor: Cursor.Cursor, value: unknown, path: string): number => {
  if (Scalar.isAbsent(value)) return 0
  const found = Scalar.int32(value)
  if (found === undefined) Cursor.fail(cursor, path, 'a 32-bit integer', value)
  return found ?? 0
}

/** Absent is `undefined`. */
export const double = (cursor: Cursor.Cursor, value: unknown, path: string): number | undefined => {
  if (Scalar.isAbsent(value)) return undefined
  const found = Scalar.double(value)
  if (found === undefined) Cursor.fail(cursor, path, 'a number', value)
  return found
}

/** A list; an absent one is empty. */
export const list = (
  cursor: Cursor.Cursor,
  value: unknown,
  path: string,
): ReadonlyArray<unknown> => {
  if (Array.isArray(value)) return value
  if (!Scalar.isAbsent(value)) Cursor.fail(cursor, path, 'an array', value)
  return EMPTY
}

/** Reads the elements of a list; `undefined` for one of another type. */
type ReadElement = (cursor: Cursor.Cursor, value: unknown) => number | undefined

const elements =
  (read: ReadElement, expected: string) =>
  (cursor: Cursor.Cursor, value: unknown, path: string): ReadonlyArray<number> => {
    const values = list(cursor, value, path)
    const found: Array<number> = []
    for (let i = 0; i < values.length; i++) {
      const one = read(cursor, values[i])
      if (one === undefined) {
        Cursor.fail(cursor, `${path}[${i}]`, expected, values[i])
        break
      }
      found.push(one)
    }
    return found
  }

export const counts: (
  cursor: Cursor.Cursor,
  value: unknown,
  path: string,
) => ReadonlyArray<number> = /* @__PURE__ */ elements(Scalar.uint64, UINT64)

export const doubles: (
  cursor: Cursor.Cursor,
  value: unknown,
  path: string,
) => ReadonlyArray<number> = /* @__PURE__ */ elements(
  (_cursor, value) => Scalar.double(value),
  'a number',
)
