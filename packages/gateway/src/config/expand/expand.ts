/**
 * Expands the references in all values of a tree, keys excepted. A value that is one reference becomes the value that its text
 * has in YAML; a reference inside of a text becomes text. The result is expanded again.
 */
import * as E from '#fp-ts/Either'
import type { ConfigCapabilities } from '../ConfigCapabilities.ts'
import * as ConfigNode from '../ConfigNode.ts'
import * as ConfigPath from '../ConfigPath.ts'
import * as ConfigProblem from '../ConfigProblem.ts'
import * as Reference from './Reference.ts'
import { type ExpandedFrom, valueOfText } from './valueOfText.ts'

// model

export interface Expansion {
  readonly node: ConfigNode.ConfigNode
  readonly problems: ConfigProblem.ConfigProblems
}

/** Where an expansion is; its problems are collected. */
interface Scope {
  readonly capabilities: ConfigCapabilities
  readonly path: ConfigPath.ConfigPath
  readonly problems: Array<ConfigProblem.ConfigProblem>
  /** The expansions around this one. */
  readonly depth: number
}

/** As many as the Collector makes before it takes them for endless. */
const MAX_EXPANSIONS = 100

const MAX_CHARACTERS = 1_000_000

// running

/** The expanded tree. It has no value where a reference could not be expanded, which is among the problems. */
export const expand =
  (capabilities: ConfigCapabilities) =>
  async (node: ConfigNode.ConfigNode): Promise<Expansion> => {
    const problems: Array<ConfigProblem.ConfigProblem> = []
    const scope = { capabilities, path: ConfigPath.root, problems, depth: 0 }
    const expanded = await expandNode(scope, node)
    return { node: expanded, problems: distinct(problems) }
  }

/** A value is expanded as text and as YAML, so that a problem can be found twice. */
const distinct = (problems: ConfigProblem.ConfigProblems): ConfigProblem.ConfigProblems => [
  ...new Map(problems.map((problem) => [ConfigProblem.show(problem), problem])).values(),
]

const expandNode = async (
  scope: Scope,
  node: ConfigNode.ConfigNode,
): Promise<ConfigNode.ConfigNode> => {
  const text =
    node.text === undefined || node._tag === 'Scalar'
      ? node.text
      : await expandText(scope, node, node.text)
  const origin = text === undefined ? {} : { text }
  switch (node._tag) {
    case 'Scalar':
      return typeof node.value === 'string' ? expandScalar(scope, node, node.value) : node
    case 'List': {
      const items: Array<ConfigNode.ConfigNode> = []
      for (const [index, item] of node.items.entries()) {
        items.push(await expandNode({ ...scope, path: ConfigPath.item(scope.path, index) }, item))
      }
      return { ...node, ...origin, items }
    }
    case 'Map': {
      const entries = new Map<string, ConfigNode.MapEntry>()
      for (const [key, entry] of node.entries) {
        const path = ConfigPath.at(scope.path, key)
        entries.set(key, { ...entry, node: await expandNode({ ...scope, path }, entry.node) })
      }
      return { ...node, ...origin, entries }
    }
  }
}

const expandScalar = async (
  scope: Scope,
  node: ConfigNode.ScalarNode,
  value: string,
): Promise<ConfigNode.ConfigNode> => {
  const found = Reference.find(value)
  if (found === undefined) {
    const plain = Reference.withoutEscapes(value)
    return { ...node, value: plain, ...(node.text === undefined ? {} : { text: plain }) }
  }
  if (found.start > 0 || found.end < value.length) {
    const text = await expandText(scope, node, value)
    const reference = node.reference ?? value.slice(found.start, found.end)
    return { ...node, value: text, text, reference }
  }
  if (scope.depth >= MAX_EXPANSIONS) return tooMany(scope, node)
  const retrieved = await retrieve(scope, node, value)
  if (retrieved === undefined) return { ...node, value: null, text: '', reference: value }
  const named = { ...retrieved, reference: node.reference ?? value }
  return expandNode({ ...scope, depth: scope.depth + 1 }, named)
}

/** Replaces all references by texts. */
const expandText = async (
  scope: Scope,
  node: ConfigNode.ConfigNode,
  value: string,
): Promise<string> => {
  let text = value
  for (let count = 0; ; count++) {
    const found = Reference.find(text)
    if (found === undefined) return Reference.withoutEscapes(text)
    if (count >= MAX_EXPANSIONS || text.length > MAX_CHARACTERS) {
      tooMany(scope, node)
      return ''
    }
    const retrieved = await retrieve(scope, node, text.slice(found.start, found.end))
    text = text.slice(0, found.start) + (retrieved?.text ?? '') + text.slice(found.end)
  }
}

const tooMany = (scope: Scope, node: ConfigNode.ConfigNode): ConfigNode.ConfigNode => {
  report(scope, node, `more than ${MAX_EXPANSIONS} expansions; does a value refer to itself?`)
  return ConfigNode.scalar(node.place, null)
}

const report = (
  scope: Scope,
  node: ConfigNode.ConfigNode,
  reason: string,
  reference = '',
): void => {
  scope.problems.push(
    ConfigProblem.error(
      { place: node.place, path: scope.path },
      { _tag: 'BadReference', reference: node.reference ?? reference, reason },
    ),
  )
}

/** The value of one reference; `undefined` if there is none, which is then among the problems. */
const retrieve = async (
  scope: Scope,
  node: ConfigNode.ConfigNode,
  reference: string,
): Promise<ConfigNode.ConfigNode | undefined> => {
  const parsed = Reference.parse(reference.slice(2, -1))
  if (E.isLeft(parsed)) {
    report(scope, node, parsed.left, reference)
    return undefined
  }
  const from = (source: string): ExpandedFrom => ({ source, place: node.place, reference })
  const location = { place: node.place, path: scope.path }
  switch (parsed.right._tag) {
    case 'Env': {
      const { name, fallback } = parsed.right
      const value = scope.capabilities.env(name) ?? fallback
      if (value === undefined) {
        scope.problems.push(ConfigProblem.warning(location, { _tag: 'UnsetVariable', name }))
      }
      return valueOfText(value ?? '', from(`env:${name}`))
    }
    case 'File': {
      const { path } = parsed.right
      const text = await scope.capabilities.readFile(path)
      if (E.isRight(text)) return valueOfText(withoutLastBreak(text.right), from(path))
      scope.problems.push(
        ConfigProblem.error(location, { _tag: 'Unreadable', source: path, reason: text.left }),
      )
      return undefined
    }
    case 'Yaml':
      return valueOfText(parsed.right.text, from('yaml'))
  }
}

/** Editors end the last line of a file, which then would end a token or a password. */
const withoutLastBreak = (text: string): string => text.replace(/\r?\n$/, '')
