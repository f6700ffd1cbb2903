/**
 * YAML as a tree with places. Anchors, aliases and merge keys (`<<`) are resolved; duplicate keys are errors, and so are tabs in
 * the indentation.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
  type YAMLParseError,
} from 'yaml'
import * as E from '#fp-ts/Either'
import * as ConfigNode from '../ConfigNode.ts'
import * as ConfigPath from '../ConfigPath.ts'
import * as ConfigProblem from '../ConfigProblem.ts'
import type { Place } from '../Place.ts'
import { showYamlError } from './showYamlError.ts'

/** Against aliases that multiply (`&a [*b, *b]`): a configuration has some hundreds of nodes. */
const MAX_NODES = 100_000

/** Deeper values would overflow the stack; an alias inside of its own anchor has no end. */
const MAX_DEPTH = 100

/** Reads a document. An empty one is `null`. */
export const parseYaml = (
  source: string,
  text: string,
): E.Either<ConfigProblem.ConfigProblems, ConfigNode.ConfigNode> => {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: false,
    merge: true,
  })
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { source, line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  if (document.errors.length > 0) {
    return E.left(
      firstOfLines(
        reliable(document.errors).map(({ code, message, pos: [offset] }) =>
          ConfigProblem.error(
            {
              place: placeAt(code === 'TAB_AS_INDENT' ? offset : afterBlanks(text, offset)),
              path: ConfigPath.root,
            },
            { _tag: 'BadYaml', message: showYamlError(code, message) },
          ),
        ),
      ),
    )
  }
  return resolve(document, placeAt)
}

/** After a token that fits nowhere, the parser takes the rest of the text for such tokens. */
const reliable = (errors: ReadonlyArray<YAMLParseError>): ReadonlyArray<YAMLParseError> => {
  const index = errors.findIndex(({ code }) => code === 'UNEXPECTED_TOKEN')
  return index < 0 ? errors : errors.slice(0, index + 1)
}

/** After a key without a value, the parser's offset of the next key is before its line break. */
const afterBlanks = (text: string, offset: number): number => {
  const blanks = /(?:\s+|#[^\n]*)*/y
  blanks.lastIndex = offset
  const end = offset + (blanks.exec(text)?.[0].length ?? 0)
  return end < text.length ? end : offset
}

/** The parser goes on after an error, and often finds others on the same line that follow from it. */
const firstOfLines = (problems: ConfigProblem.ConfigProblems): ConfigProblem.ConfigProblems =>
  problems.filter(
    ({ place }, index) =>
      problems.findIndex((other) => other.place?.line === place?.line) === index,
  )

type PlaceAt = (offset: number) => Place

/** The state of one walk through a document. */
interface Walk {
  readonly document: Document.Parsed
  readonly placeAt: PlaceAt
  nodes: number
  problem: ConfigProblem.ConfigProblem | undefined
}

const resolve = (
  document: Document.Parsed,
  placeAt: PlaceAt,
): E.Either<ConfigProblem.ConfigProblems, ConfigNode.ConfigNode> => {
  const walk: Walk = { document, placeAt, nodes: 0, problem: undefined }
  const node = toNode(walk, document.contents, 0)
  return walk.problem === undefined ? E.right(node) : E.left([walk.problem])
}

const fail = (walk: Walk, place: Place, message: string): ConfigNode.ConfigNode => {
  walk.problem ??= ConfigProblem.error(
    { place, path: ConfigPath.root },
    { _tag: 'BadYaml', message: `not valid YAML: ${message}` },
  )
  return ConfigNode.scalar(place, null)
}

const toNode = (walk: Walk, node: Node | null, depth: number): ConfigNode.ConfigNode => {
  const place = walk.placeAt(node?.range?.[0] ?? 0)
  walk.nodes++
  if (walk.problem !== undefined || node === null) return ConfigNode.scalar(place, null)
  if (walk.nodes > MAX_NODES) return fail(walk, place, `more than ${MAX_NODES} values`)
  if (depth > MAX_DEPTH) {
    return fail(walk, place, `more than ${MAX_DEPTH} levels, or an alias inside of its own anchor`)
  }
  if (isAlias(node)) {
    const target = node.resolve(walk.document)
    return target === undefined
      ? fail(walk, place, 'an alias without its anchor; a text that starts with * needs quotes')
      : toNode(walk, target, depth + 1)
  }
  if (isMap(node)) return ConfigNode.mapOf(place, entriesOf(walk, node, depth))
  if (isSeq(node)) {
    return {
      _tag: 'List',
      place,
      items: node.items.map((item) => toNode(walk, asNode(item), depth + 1)),
    }
  }
  return ConfigNode.scalar(place, isScalar(node) ? scalarOf(node.value) : null)
}

/** A parsed document holds nodes only; the types of the library also allow plain values. */
const asNode = (item: unknown): Node | null => (item === null ? null : (item as Node))

const scalarOf = (value: unknown): ConfigNode.ScalarNode['value'] => {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value
    default:
      return value === null || value === undefined ? null : String(value)
  }
}

/** Entries of merge keys come first, so that the map's own entries win. */
const entriesOf = (
  walk: Walk,
  map: YAMLMap,
  depth: number,
): ReadonlyArray<readonly [string, ConfigNode.MapEntry]> => {
  const merged: Array<readonly [string, ConfigNode.MapEntry]> = []
  const own: Array<readonly [string, ConfigNode.MapEntry]> = []
  for (const pair of map.items) {
    const key = asNode(pair.key)
    const place = walk.placeAt(key?.range?.[0] ?? map.range?.[0] ?? 0)
    const value = asNode(pair.value)
    const node = isEmpty(value) ? ConfigNode.scalar(place, null) : toNode(walk, value, depth + 1)
    const name = isScalar(key) ? String(key.value) : undefined
    if (name === undefined) fail(walk, place, 'a key is a list or a map; expected a text')
    else if (isMergeKey(key)) merged.push(...mergedEntries(walk, node))
    else own.push([name, { place, node }])
  }
  // Keys of the map itself replace merged ones, also maps: YAML's merge is not deep.
  const names = new Set(own.map(([name]) => name))
  return [...merged.filter(([name]) => !names.has(name)), ...own]
}

/** A key without a value: the place of null is that of the key. */
const isEmpty = (value: Node | null): boolean =>
  value === null || (isScalar(value) && value.value === null && !value.source && !value.anchor)

const isMergeKey = (key: Node | null): boolean =>
  isScalar(key) && (key.value === '<<' || typeof key.value === 'symbol') && key.type === 'PLAIN'

/** Of a list of maps the first one wins. */
const mergedEntries = (
  walk: Walk,
  node: ConfigNode.ConfigNode,
): ReadonlyArray<readonly [string, ConfigNode.MapEntry]> => {
  const maps = node._tag === 'List' ? node.items : [node]
  if (maps.some(({ _tag }) => _tag !== 'Map')) {
    fail(walk, node.place, 'a merge key << has another value than a map, or a list of maps')
    return []
  }
  const entries = new Map<string, ConfigNode.MapEntry>()
  for (const map of maps) {
    for (const [name, entry] of ConfigNode.entriesOf(map)) {
      if (!entries.has(name)) entries.set(name, entry)
    }
  }
  return [...entries]
}
