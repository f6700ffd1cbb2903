/**
 * A configuration as a tree whose nodes know their places: YAML after its anchors and merge keys were resolved.
 *
 * Laws: a node merged with itself, and a map merged with an empty map, stay the same.
 */
import { type Place, startOf } from './Place.ts'

// model

export type ConfigNode = ScalarNode | ListNode | MapNode

interface NodeOrigin {
  readonly place: Place
  /** The reference that was expanded to this value, as the user wrote it: `${env:DSN}`. */
  readonly reference?: string | undefined
  /** The text that was expanded to this value: fields that hold a text take it as it is, and do not parse it. */
  readonly text?: string | undefined
}

export interface ScalarNode extends NodeOrigin {
  readonly _tag: 'Scalar'
  readonly value: string | number | boolean | null
}

interface ListNode extends NodeOrigin {
  readonly _tag: 'List'
  readonly items: ReadonlyArray<ConfigNode>
}

export interface MapNode extends NodeOrigin {
  readonly _tag: 'Map'
  readonly entries: ReadonlyMap<string, MapEntry>
}

export interface MapEntry {
  /** The place of the key. */
  readonly place: Place
  readonly node: ConfigNode
}

// constructors

export const scalar = (place: Place, value: ScalarNode['value']): ScalarNode => ({
  _tag: 'Scalar',
  place,
  value,
})

export const emptyMap = (source: string): MapNode => ({
  _tag: 'Map',
  place: startOf(source),
  entries: new Map(),
})

/** The separator of the Collector between the keys of nested maps: `exporters::sentry::dsn: ...`. */
const SEPARATOR = '::'

/** A map in which a key `a::b` is a key `b` in a map `a`. Later entries win. */
export const mapOf = (
  place: Place,
  entries: ReadonlyArray<readonly [string, MapEntry]>,
): MapNode => {
  const made = new Map<string, MapEntry>()
  for (const [key, entry] of entries) {
    const [first = key, ...rest] = key.split(SEPARATOR)
    const nested = rest.reduceRight<ConfigNode>(
      (node, name) => ({
        _tag: 'Map',
        place: entry.place,
        entries: new Map([[name, { place: entry.place, node }]]),
      }),
      entry.node,
    )
    const before = made.get(first)
    const node = before === undefined ? nested : merge(before.node, nested)
    made.set(first, { place: entry.place, node })
  }
  return { _tag: 'Map', place, entries: made }
}

// guards

export const isNull = (node: ConfigNode | undefined): boolean =>
  node?._tag === 'Scalar' && node.value === null && (node.text === undefined || node.text === '')

// transformations

/** The second over the first, as the Collector merges several files: maps are merged, everything else is replaced. */
export const merge = (first: ConfigNode, second: ConfigNode): ConfigNode => {
  if (first._tag !== 'Map' || second._tag !== 'Map') return second
  const entries = new Map(first.entries)
  for (const [key, entry] of second.entries) {
    const before = entries.get(key)
    entries.set(
      key,
      before === undefined ? entry : { ...entry, node: merge(before.node, entry.node) },
    )
  }
  return { ...second, entries }
}

// folds

/** The entries of a map; none for any other node. */
export const entriesOf = (node: ConfigNode | undefined): ReadonlyMap<string, MapEntry> =>
  node?._tag === 'Map' ? node.entries : new Map()

/** The node at this path of keys. */
export const lookup = (
  node: ConfigNode | undefined,
  keys: ReadonlyArray<string>,
): ConfigNode | undefined =>
  keys.reduce<ConfigNode | undefined>((found, key) => entriesOf(found).get(key)?.node, node)

/** Plain data. With `texts`, expanded values are their texts. */
export const toPlain = (node: ConfigNode, texts: boolean): unknown => {
  if (texts && node.text !== undefined) return node.text
  switch (node._tag) {
    case 'Scalar':
      return node.value
    case 'List':
      return node.items.map((item) => toPlain(item, texts))
    case 'Map':
      return Object.fromEntries(
        [...node.entries].map(([key, entry]) => [key, toPlain(entry.node, texts)]),
      )
  }
}
