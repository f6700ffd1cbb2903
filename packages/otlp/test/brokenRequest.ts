/** Valid requests of any signal, and values of another type in the place of one part of them. */
import fc from 'fast-check'
import * as E from '#fp-ts/Either'

export const value: fc.Arbitrary<object> = fc.letrec<{ value: object }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.record({ stringValue: fc.string() }),
    fc.record({ intValue: fc.integer().map(String) }),
    fc.record({ doubleValue: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ bytesValue: fc.constant('AQID') }),
    fc.record({ arrayValue: fc.record({ values: fc.array(tie('value'), { maxLength: 3 }) }) }),
    fc
      .array(fc.record({ key: fc.string(), value: tie('value') }), { maxLength: 3 })
      .map((values) => ({ kvlistValue: { values } })),
  ),
})).value

/** Keys are unique, so that no pair hides another one. */
export const attributes = fc
  .array(value, { maxLength: 4 })
  .map((values) => values.map((one, index) => ({ key: `key${index}`, value: one })))

export const digits = (length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.integer({ min: 1, max: 15 }), { minLength: length, maxLength: length })
    .map((all) => all.map((digit) => digit.toString(16)).join(''))

export const nanos = fc.integer({ min: 1, max: 2e9 }).map((seconds) => `${seconds}000000000`)

export const count = fc.integer({ min: 0, max: 9 })

const holder = fc.record({ attributes, schemaUrl: fc.string() })

export const request = (
  names: readonly [string, string, string],
  item: fc.Arbitrary<object>,
): fc.Arbitrary<object> => {
  const scope = fc.record({ name: fc.string(), version: fc.string(), attributes })
  const [resources, scopes, items] = names
  return fc
    .array(
      fc.tuple(
        holder,
        fc.array(fc.tuple(scope, fc.array(item, { minLength: 1, maxLength: 3 })), {
          minLength: 1,
          maxLength: 2,
        }),
      ),
      { minLength: 1, maxLength: 2 },
    )
    .map((groups) => ({
      [resources]: groups.map(([{ attributes: own, schemaUrl }, inner]) => ({
        resource: { attributes: own },
        schemaUrl,
        [scopes]: inner.map(([scope, all]) => ({ scope, [items]: all, schemaUrl })),
      })),
    }))
}

export type Path = ReadonlyArray<string | number>

/** The paths of all parts: everything but the lists of the structure, the items themselves and the ids of spans. */
export const partsOf = (json: unknown, structure: RegExp, path: Path = []): ReadonlyArray<Path> => {
  const inner =
    typeof json === 'object' && json !== null
      ? Object.entries(json).flatMap(([key, one]) =>
          partsOf(one, structure, [...path, Array.isArray(json) ? Number(key) : key]),
        )
      : []
  return structure.test(pathText(path)) ? inner : [path, ...inner]
}

export const pathText = (path: Path): string =>
  path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')

/** A value of another type than the one it replaces. */
export const junkFor = (json: unknown, choice: number): unknown => {
  const junk =
    typeof json === 'object'
      ? [7, 'junk', true]
      : typeof json === 'boolean'
        ? ['junk', 7, {}]
        : [true, {}, []]
  return junk[choice % junk.length]
}

export const replaced = (
  json: unknown,
  path: Path,
  change: (json: unknown) => unknown,
): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return change(json)
  if (Array.isArray(json)) {
    return json.map((one, index) => (index === key ? replaced(one, rest, change) : one))
  }
  const fields: Record<string, unknown> = { ...Object(json) }
  fields[key] = replaced(fields[key], rest, change)
  return fields
}

export const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isRight(either)) return either.right
  throw new Error('the request was not read')
}
