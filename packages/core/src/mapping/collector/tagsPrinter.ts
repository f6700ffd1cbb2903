/**
 * Prints the tags of spans as the Collector's exporter gave them. Printing the text costs a fifth of making the tags as an
 * object and printing that (`docs/design/measurements.md`).
 *
 * Law: the text is `JSON.stringify(Tags.fit(tagsOf(span)))`.
 */
import type { Resource } from '../../model/Resource.ts'
import type { Span } from '../../model/Span.ts'
import * as Tags from '../Tags.ts'
import { messageOf, tagsOf, tagsOfResource, textOf } from './tagsOf.ts'

// model

/** The repaired tags of a span in parts that recur, and their values. */
export interface TagParts {
  /** `,"key":"value"` of each tag of the resource. */
  readonly resource: string
  /** `,"key":` of each further tag. */
  readonly keys: ReadonlyArray<string>
  /** The value of each further tag. */
  readonly values: ReadonlyArray<string>
}

/** The tags that a resource gives each of its spans. */
interface PrintedResource {
  /** `"key":"value"`, joined by commas. */
  readonly text: string
  /** The keys of attributes that replace those of a span. */
  readonly keys: ReadonlySet<string>
  /** The tags whose keys were repaired: an attribute of a span with such a key replaces them. */
  readonly repaired: ReadonlySet<string>
}

// constructors

/** Keys are remembered for so many; the memory starts anew when a sender makes up more. */
const MAX_REMEMBERED_KEYS = 5_000

/** The tags that `tagsOf` makes of other facts than attributes. */
const FACTS: ReadonlySet<string> = new Set([
  'status_message',
  'span_kind',
  'library_name',
  'library_version',
])

/** An object puts such keys before all others. */
const ARRAY_INDEX = /^\d{1,10}$/

/** A printer for one pipeline: it remembers the keys of attributes, and the tags of resources. */
export const tagsPrinter = (): ((span: Span) => string) => {
  const toParts = tagParts()
  return (span) => {
    const parts = toParts(span)
    if (parts === undefined) return JSON.stringify(Tags.fit(tagsOf(span)))
    let printed = parts.resource
    for (const [index, key] of parts.keys.entries()) {
      printed += key + JSON.stringify(parts.values[index])
    }
    // Each tag begins with a comma.
    return printed === '' ? '{}' : `{${printed.slice(1)}}`
  }
}

/** The parts for one pipeline; `undefined` for a span whose tags must be printed together. */
export const tagParts = (): ((span: Span) => TagParts | undefined) => {
  const beforeValueOf = rememberedKeys()
  const resourceOf = rememberedResources()
  return (span) => {
    // hot: once for each span
    const resource = resourceOf(span.resource)
    if (resource === undefined) return undefined
    const { repaired } = resource
    const keys: Array<string> = []
    const values: Array<string> = []
    const { attributes } = span
    for (const key in attributes) {
      if (resource.keys.has(key)) continue
      const beforeValue = beforeValueOf(key)
      if (beforeValue === undefined || (repaired.size > 0 && repaired.has(key))) return undefined
      if (beforeValue === LEFT_OUT) continue
      const given = attributes[key]
      const text = typeof given === 'string' ? given : textOf(span, key)
      const value = text === undefined ? LEFT_OUT : repairValue(text)
      if (value === LEFT_OUT) continue
      keys.push(beforeValue)
      values.push(value)
    }
    addFacts(keys, values, span)
    return { resource: resource.text, keys, values }
  }
}

/** In place of the text or the value of a tag. */
const LEFT_OUT = ''

/** `,"key":`; `LEFT_OUT` for a key that Sentry reserves; `undefined` for one that is not printed as it is. */
const rememberedKeys = (): ((key: string) => string | undefined) => {
  const remembered = new Map<string, string | undefined>()
  return (key) => {
    const known = remembered.get(key)
    if (known !== undefined || remembered.has(key)) return known
    if (remembered.size >= MAX_REMEMBERED_KEYS) remembered.clear()
    const beforeValue = isPlain(key) ? (Tags.isReserved(key) ? LEFT_OUT : `,"${key}":`) : undefined
    remembered.set(key, beforeValue)
    return beforeValue
  }
}

/** `undefined` for a resource whose tags cannot be printed before those of its spans. */
const rememberedResources = (): ((resource: Resource) => PrintedResource | undefined) => {
  const remembered = new WeakMap<Resource, PrintedResource | { readonly keys: undefined }>()
  return (resource) => {
    const known = remembered.get(resource)
    if (known !== undefined) return known.keys === undefined ? undefined : known
    const made = printResource(resource)
    remembered.set(resource, made ?? { keys: undefined })
    return made
  }
}

const printResource = (resource: Resource): PrintedResource | undefined => {
  const tags = tagsOfResource(resource)
  const keys = new Set(Object.keys(tags))
  const fitted = Tags.fit(tags)
  const names = Object.keys(fitted)
  if (![...keys, ...names].every((key) => isUnique(key))) return undefined
  const text = JSON.stringify(fitted).slice(1, -1)
  // Lone surrogates are repaired after printing.
  if (text.includes('\\ud')) return undefined
  return {
    text: text === '' ? '' : `,${text}`,
    keys,
    repaired: new Set(names.filter((name) => !keys.has(name))),
  }
}

// guards

const isUnique = (key: string): boolean =>
  !FACTS.has(key) && !ARRAY_INDEX.test(key) && key !== '__proto__'

const isPlain = (key: string): boolean => key !== '' && isUnique(key) && Tags.repairKey(key) === key

// encoding

const addFacts = (keys: Array<string>, values: Array<string>, span: Span): void => {
  const { kind, scope } = span
  const add = (key: string, value: string): void => {
    if (value === LEFT_OUT) return
    keys.push(key)
    values.push(value)
  }
  add(',"status_message":', repairValue(messageOf(span)))
  add(',"span_kind":', kind === 'UNSPECIFIED' ? LEFT_OUT : `SPAN_KIND_${kind}`)
  add(',"library_name":', repairValue(scope.name))
  add(',"library_version":', repairValue(scope.version))
}

const MAX_PLAIN_CHARACTERS = 200

/** Characters that are replaced by repair. */
const SPECIAL = /[\r\n]/

const BLANK = 32

const DELETE = 127

/** The repaired value; `LEFT_OUT` if nothing is left of it. */
const repairValue = (text: string): string => {
  // A text that begins with a visible character of ASCII is not blank.
  const first = text.charCodeAt(0)
  return first > BLANK &&
    first < DELETE &&
    text.length <= MAX_PLAIN_CHARACTERS &&
    !SPECIAL.test(text)
    ? text
    : Tags.repair(text)
}
