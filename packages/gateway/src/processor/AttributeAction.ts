/**
 * The actions of the Collector's processors `attributes` and `resource`: each changes one attribute, in the order of the list.
 *
 * Source: `internal/coreinternal/attraction` and `processor/attributesprocessor` of open-telemetry/opentelemetry-collector-contrib.
 *
 * Laws: the input stays unchanged. Without a matching key, the input is returned itself. `upsert` is `insert`, then `update`.
 */
import type { Attributes, AttributeValue } from '@sentry-exporter/core/Attributes'
import * as Json from '@sentry-exporter/core/Json'
import { type ConvertedType, convert } from './convert.ts'
import { hash } from './hash.ts'

// model

export type AttributeAction =
  /** Insert: only a key that is not there. Update: only one that is there. Upsert: both. */
  | {
      readonly _tag: 'Insert' | 'Update' | 'Upsert'
      readonly key: string
      readonly source: ActionSource
    }
  /** The key, and all keys that match. */
  | {
      readonly _tag: 'Delete' | 'Hash'
      readonly key: string | undefined
      readonly pattern: RegExp | undefined
    }
  /** Each named group becomes an attribute. Only of a text. */
  | { readonly _tag: 'Extract'; readonly key: string; readonly pattern: RegExp }
  | { readonly _tag: 'Convert'; readonly key: string; readonly to: ConvertedType }

export type ActionSource =
  | { readonly _tag: 'Value'; readonly value: AttributeValue }
  /** Without that attribute the action does nothing. */
  | { readonly _tag: 'Attribute'; readonly key: string }

/** Attributes, and the keys of those that were sent as doubles and are whole numbers: see `Resource` of core. */
export interface TypedAttributes {
  readonly attributes: Attributes
  readonly doubles: ReadonlyArray<string> | undefined
}

/** A copy that the actions of one list change. */
interface Draft {
  readonly attributes: Record<string, AttributeValue>
  readonly doubles: Set<string>
}

// transformations

/** All actions of a list. */
export const applyAll =
  (actions: ReadonlyArray<AttributeAction>) =>
  (given: TypedAttributes): TypedAttributes => {
    let draft: Draft | undefined
    for (const action of actions) {
      const before = draft?.attributes ?? given.attributes
      if (!hasEffect(action, before)) continue
      draft ??= { attributes: { ...given.attributes }, doubles: new Set(given.doubles) }
      apply(action, draft)
    }
    if (draft === undefined) return given
    return {
      attributes: draft.attributes,
      doubles: draft.doubles.size === 0 ? undefined : [...draft.doubles],
    }
  }

const has = (attributes: Attributes, key: string): boolean => Object.hasOwn(attributes, key)

const hasEffect = (action: AttributeAction, attributes: Attributes): boolean => {
  switch (action._tag) {
    case 'Insert':
      return hasSource(action.source, attributes) && !has(attributes, action.key)
    case 'Update':
      return hasSource(action.source, attributes) && has(attributes, action.key)
    case 'Upsert':
      return hasSource(action.source, attributes)
    case 'Delete':
    case 'Hash':
      return keysOf(action, attributes).length > 0
    case 'Extract':
    case 'Convert':
      return has(attributes, action.key)
  }
}

const hasSource = (source: ActionSource, attributes: Attributes): boolean =>
  source._tag === 'Value' || has(attributes, source.key)

const keysOf = (
  { key, pattern }: Extract<AttributeAction, { _tag: 'Delete' | 'Hash' }>,
  attributes: Attributes,
): ReadonlyArray<string> => [
  ...(key !== undefined && has(attributes, key) ? [key] : []),
  ...(pattern === undefined
    ? []
    : Object.keys(attributes).filter((name) => name !== key && pattern.test(name))),
]

/** Changes the draft. */
const apply = (action: AttributeAction, draft: Draft): void => {
  const { attributes, doubles } = draft
  switch (action._tag) {
    case 'Insert':
    case 'Update':
    case 'Upsert':
      setFrom(action.key, action.source, draft)
      return
    case 'Delete':
      for (const key of keysOf(action, attributes)) {
        delete attributes[key]
        doubles.delete(key)
      }
      return
    case 'Hash':
      for (const key of keysOf(action, attributes)) {
        set(draft, key, hash(attributes[key] ?? null, doubles.has(key)))
      }
      return
    case 'Extract':
      for (const [key, value] of groupsOf(action, attributes)) set(draft, key, value)
      return
    case 'Convert': {
      const value = convert(attributes[action.key] ?? null, action.to)
      set(draft, action.key, value)
      if (action.to === 'double' && Number.isInteger(value)) doubles.add(action.key)
    }
  }
}

const setFrom = (key: string, source: ActionSource, draft: Draft): void => {
  if (source._tag === 'Value') {
    set(draft, key, source.value)
    return
  }
  const isDouble = draft.doubles.has(source.key)
  set(draft, key, draft.attributes[source.key] ?? null)
  if (isDouble) draft.doubles.add(key)
}

const set = ({ attributes, doubles }: Draft, key: string, value: AttributeValue): void => {
  Json.set(attributes, key, value)
  doubles.delete(key)
}

const groupsOf = (
  { key, pattern }: Extract<AttributeAction, { _tag: 'Extract' }>,
  attributes: Attributes,
): ReadonlyArray<readonly [string, string]> => {
  const value = attributes[key]
  const groups = typeof value === 'string' ? pattern.exec(value)?.groups : undefined
  return Object.entries(groups ?? {}).map(([name, text]) => [name, text ?? ''])
}
