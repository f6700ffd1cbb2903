/** Codecs for maps and lists, of the combinators of io-ts. */
import * as TH from '#fp-ts/These'
import * as K from '#io-ts/Kleisli'
import { entriesOf, isNull } from '../ConfigNode.ts'
import * as ConfigPath from '../ConfigPath.ts'
import * as ConfigProblem from '../ConfigProblem.ts'
import { nearestWord } from '../nearestWord.ts'
import {
  type Codec,
  type Decoded,
  fail,
  type Given,
  instance,
  succeed,
  type ValueOf,
} from './Codec.ts'
import { describeNode } from './describeNode.ts'

// model

export type Codecs = Readonly<Record<string, Codec<unknown>>>

export type StructOf<P extends Codecs> = { readonly [K in keyof P]: ValueOf<P[K]> }

// constructors

/** Problems have their places, so that io-ts has nothing to add to them. */
const unchanged = <A>(
  _key: A,
  problems: ConfigProblem.ConfigProblems,
): ConfigProblem.ConfigProblems => problems

/** Above so many keys, a message does not list them. */
const MAX_LISTED_KEYS = 12

/** A map with these keys, and perhaps others, which another codec of the same map checks. Null is an empty map. */
export const openStruct = <P extends Codecs>(codecs: P): Codec<StructOf<P>> => {
  const fields = K.fromStruct(instance)(unchanged<string>)(codecs)
  return {
    decode: (given) => {
      if (isOther(given, 'Map')) return failOther(given, 'a map')
      const inputs = Object.fromEntries(Object.keys(codecs).map((key) => [key, field(given, key)]))
      // The record has an input for each codec, which the compiler cannot derive from its keys.
      return fields.decode(inputs as Parameters<typeof fields.decode>[0]) as Decoded<StructOf<P>>
    },
  }
}

/** A map with these keys and no others. `hints` are the messages for known keys that are not accepted. */
export const struct = <P extends Codecs>(
  codecs: P,
  hints: Readonly<Record<string, string>> = {},
): Codec<StructOf<P>> => {
  const open = openStruct(codecs)
  return {
    decode: (given) => both(open.decode(given), unknownKeys(given, Object.keys(codecs), hints)),
  }
}

/** A decoded value beside further problems, which are errors. */
const both = <A>(decoded: Decoded<A>, errors: ConfigProblem.ConfigProblems): Decoded<A> =>
  errors.length === 0
    ? decoded
    : instance.ap(TH.left<ConfigProblem.ConfigProblems, (value: A) => A>(errors), decoded)

/** A key of a map; without a node if the map has no such key. */
export const field = ({ node, path, place }: Given, key: string): Given => {
  const entry = entriesOf(node).get(key)
  return {
    node: entry?.node,
    path: ConfigPath.at(path, key),
    place: entry === undefined ? place : placeOf(entry.place, entry.node.place),
  }
}

/** A value without text of its own is at its key: `null`, and the start of a nested map. */
const placeOf = (key: Given['place'], value: Given['place']): Given['place'] =>
  key.source === value.source && key.line !== value.line ? key : value

/** Whether a value is there that has another form. */
const isOther = ({ node }: Given, form: 'Map' | 'List'): boolean =>
  node !== undefined && !isNull(node) && node._tag !== form

const failOther = (given: Given, expected: string): Decoded<never> =>
  fail(given, { _tag: 'BadValue', expected, found: describeNode(given.node) })

const unknownKeys = (
  { node, path }: Given,
  known: ReadonlyArray<string>,
  hints: Readonly<Record<string, string>>,
): ConfigProblem.ConfigProblems =>
  [...entriesOf(node)]
    .filter(([key]) => !known.includes(key))
    .map(([key, { place }]) => {
      const hint = Object.hasOwn(hints, key) ? hints[key] : undefined
      const nearest = hint === undefined ? nearestWord(key, known) : undefined
      return ConfigProblem.error(
        { place, path: ConfigPath.at(path, describeKey(key)) },
        { _tag: 'UnknownKey', nearest, hint: hint ?? listKeys(nearest, known) },
      )
    })

/** A secret can be in the place of a key. */
const describeKey = (key: string): string =>
  /^[\w./-]{1,64}$/.test(key) && !/[0-9a-f]{24,}/i.test(key)
    ? key
    : describeNode({ _tag: 'Scalar', value: key, place: { source: '', line: 1, column: 1 } })

const listKeys = (nearest: string | undefined, known: ReadonlyArray<string>): string | undefined =>
  nearest === undefined && known.length > 0 && known.length <= MAX_LISTED_KEYS
    ? `expected one of ${known.join(', ')}`
    : undefined

/** A list of such values. */
export const list = <A>(codec: Codec<A>, expected = 'a list'): Codec<ReadonlyArray<A>> => {
  const items = K.fromArray(instance)(unchanged<number>)(codec)
  return {
    decode: (given) => {
      const { node, path } = given
      if (node === undefined || isNull(node)) {
        return fail(given, { _tag: 'Missing', expected, reference: node?.reference })
      }
      if (node._tag !== 'List') return failOther(given, expected)
      return items.decode(
        node.items.map((item, index) => ({
          node: item,
          path: ConfigPath.item(path, index),
          place: item.place,
        })),
      )
    },
  }
}

/** A map with any keys and such values, in the order of the file; null is an empty map. */
export const record = <A>(
  codec: Codec<A>,
  expected = 'a map',
): Codec<ReadonlyArray<readonly [string, A]>> => ({
  decode: (given) => (isOther(given, 'Map') ? failOther(given, expected) : recordOf(codec, given)),
})

const recordOf = <A>(codec: Codec<A>, given: Given): Decoded<ReadonlyArray<readonly [string, A]>> =>
  [...entriesOf(given.node).keys()].reduce<Decoded<ReadonlyArray<readonly [string, A]>>>(
    (made, key) =>
      instance.ap(
        instance.map(made, (pairs) => (value: A) => [...pairs, [key, value] as const]),
        codec.decode(field(given, key)),
      ),
    succeed([]),
  )

/** A setting that is accepted and has no effect. Without a severity, nothing is reported. */
export const withoutEffect = (
  severity: 'warning' | 'note' | 'none',
  reason: string,
): Codec<undefined> => ({
  decode: (given) => {
    if (given.node === undefined || isNull(given.node) || severity === 'none') {
      return succeed(undefined)
    }
    const report = severity === 'warning' ? ConfigProblem.warning : ConfigProblem.note
    return TH.both([report(given, { _tag: 'NoEffect', reason })], undefined)
  },
})
