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
  const beforeValueOf = rememberedKeys()
  const resourceOf = rememberedResources()
  return (span) => {
    // hot: once for each span
    const resource = resourceOf(span.resource)
    if (resource === undefined) return exactly(span)
    const { keys, repaired } = resource
    let printed = resource.text
    const { attributes } = span
    for (const key in attributes) {
      if (keys.has(key)) continue
      const beforeValue = beforeValueOf(key)
      if (beforeValue === undefined || (repaired.size > 0 && repaired.has(key))) {
        return exactly(span)
      }
      if (beforeValue === LEFT_OUT) continue
      const given = attributes[key]
      const text = typeof given === 'string' ? given : textOf(span, key)
      const value = text === undefined ? LEFT_OUT : printValue(text)
      if (value !== LEFT_OUT) printed += beforeValue + value
    }
    printed += factsOf(span)
    // Each tag begins with a comma.
    return printed === '' ? '{}' : `{${printed.slice(1)}}`
  }
}

const exactly = (span: Span): string => JSON.stringify(Tags.fit(tagsOf(span)))

/** In place of the text of a tag. */
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

const factsOf = (span: Span): string => {
  const { kind, scope } = span
  const message = printValue(messageOf(span))
  const name = printValue(scope.name)
  const version = printValue(scope.version)
  return (
    (message === LEFT_OUT ? '' : `,"status_message":${message}`) +
    (kind === 'UNSPECIFIED' ? '' : `,"span_kind":"SPAN_KIND_${kind}"`) +
    (name === LEFT_OUT ? '' : `,"library_name":${name}`) +
    (version === LEFT_OUT ? '' : `,"library_version":${version}`)
  )
}

const MAX_PLAIN_CHARACTERS = 200

/** Characters that are escaped in JSON or replaced by repair. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are found here
const SPECIAL = /["\\\u0000-\u001f\ud800-\udfff]/

const BLANK = 32

const DELETE = 127

/** The repaired value with its quotes; `LEFT_OUT` if nothing is left of it. */
const printValue = (text: string): string => {
  // A text that begins with a visible character of ASCII is not blank.
  const first = text.charCodeAt(0)
  if (
    first > BLANK &&
    first < DELETE &&
    text.length <= MAX_PLAIN_CHARACTERS &&
    !SPECIAL.test(text)
  ) {
    return `"${text}"`
  }
  const repaired = Tags.repair(text)
  return repaired === '' ? LEFT_OUT : JSON.stringify(repaired)
}
