/**
 * Redaction: removes personal data and secrets from a span, by the table of attribute keys. It runs when a span arrives,
 * after the hooks of users, so that nothing that is made of the span later (names, tags, breadcrumbs, errors) contains
 * them.
 */

import { frozen } from '../internal/frozen.ts'
import * as Url from '../internal/text/Url.ts'
import * as Attributes from '../model/Attributes.ts'
import type * as Resource from '../model/Resource.ts'
import type * as Scope from '../model/Scope.ts'
import type { SpanEvent } from '../model/SpanEvent.ts'
import * as AttributePlan from './AttributePlan.ts'
import { AI_NAME } from './aiWords.ts'
import { mapAttributes } from './mapAttributes.ts'
import * as Sensitive from './Sensitive.ts'

// model

/** The facts about the owner of some attributes that decide about sensitive ones. */
export interface Context {
  /** Whether the peer of a connection is a client: on a SERVER span, and where that is not known. */
  readonly isServer: boolean
  /** Whether its span is one of AI. Attributes of AI beside an attribute show it too. */
  readonly isAi: boolean
}

/** Redacts the parts of a span or of a log record. A part without sensitive data stays the same object. */
export interface Redactor {
  readonly text: (text: string) => string
  readonly attributes: (
    attributes: Attributes.Attributes,
    context: Context,
  ) => Attributes.Attributes
  /** One value by the plan of its key; `undefined` if it is dropped. Only where no attribute decides about others. */
  readonly value: (
    value: Attributes.AttributeValue,
    plan: Pick<AttributePlan.AttributePlan, 'redaction'> & { readonly key: string },
    context: Context,
  ) => Attributes.AttributeValue | undefined
  readonly event: (event: SpanEvent, context: Context) => SpanEvent
  readonly resource: (resource: Resource.Resource) => Resource.Resource
  readonly scope: (scope: Scope.Scope) => Scope.Scope
}

// constructors

/** Replaces a secret; the same text as Sentry's own scrubber uses. */
const FILTERED = '[Filtered]'

/** Redactions are remembered for so many keys; the memory starts anew when a sender makes up more. */
const MAX_REMEMBERED_KEYS = 5_000

/** In characters. Longer keys would take much memory. */
const MAX_REMEMBERED_KEY = 300

/** Decoders read no deeper. */
const MAX_LEVELS = 33

/** Attributes of a `gen_ai.*` event that do not contain the conversation. */
const CONVERSATION_METADATA: ReadonlySet<string> = new Set([
  'finish_reason',
  'gen_ai.provider.name',
  'gen_ai.system',
  'id',
  'index',
  'role',
])

/** The context of attributes that belong to no span: those of resources, scopes and log records. */
export const WITHOUT_SPAN: Context = /* @__PURE__ */ frozen({ isServer: true, isAi: false })

export const redactor = (privacy: Sensitive.Privacy): Redactor => {
  const filterText = Url.filterText(Sensitive.isSecret(privacy), FILTERED)
  const text = (given: string) => filterText(given, !privacy.sendDefaultPii)
  const { attributes, value } = attributesRedactor(privacy, filterText)
  const isMetadata = (value: Attributes.AttributeValue, key: string) =>
    CONVERSATION_METADATA.has(key) ? value : undefined
  const event = (given: SpanEvent, context: Context): SpanEvent => {
    const redacted =
      !privacy.sendDefaultPii && AI_NAME.test(given.name)
        ? mapAttributes(given.attributes, isMetadata)
        : attributes(given.attributes, context)
    const name = text(given.name)
    return redacted === given.attributes && name === given.name
      ? given
      : { ...given, name, attributes: redacted }
  }
  // One redacted resource or scope for each given one: values derived from a resource are cached by its identity.
  return {
    text,
    attributes,
    value,
    event,
    resource: onceForEach(withAttributes(attributes)),
    scope: onceForEach(withAttributes(attributes)),
  }
}

const withAttributes =
  (redact: Redactor['attributes']) =>
  <A extends { readonly attributes: Attributes.Attributes }>(given: A): A => {
    const redacted = redact(given.attributes, WITHOUT_SPAN)
    return redacted === given.attributes ? given : { ...given, attributes: redacted }
  }

const onceForEach = <A extends object>(make: (given: A) => A): ((given: A) => A) => {
  const made = new WeakMap<A, A>()
  // Most spans have the same resource and scope as the one before.
  let last: A | undefined
  let lastMade: A | undefined
  return (given) => {
    if (given === last && lastMade !== undefined) return lastMade
    const value = made.get(given) ?? make(given)
    made.set(given, value)
    last = given
    lastMade = value
    return value
  }
}

/** Redacts attributes, and the maps and lists in them. */
const attributesRedactor = (
  privacy: Sensitive.Privacy,
  filterText: (text: string, isWithoutQueries: boolean) => string,
): Pick<Redactor, 'attributes' | 'value'> => {
  const redactionOf = rememberedRedactions(AttributePlan.of(privacy))
  const isWithoutQueries = !privacy.sendDefaultPii
  const toText: Readonly<Record<AttributePlan.TextRedaction, (text: string) => string>> = {
    keep: (text) => filterText(text, isWithoutQueries),
    'keep-queries': (text) => filterText(text, false),
    'cut-url': Url.sanitize,
    'filter-parameters': Url.filter(Sensitive.isSecret(privacy), FILTERED),
  }
  const redact = (
    redaction: AttributePlan.Redaction,
    value: Attributes.AttributeValue,
    place: Place,
  ) => {
    switch (redaction) {
      case 'drop':
        return undefined
      case 'drop-on-server':
        return place.context.isServer ? undefined : keep(value, place, toText.keep)
      case 'drop-on-ai':
        return isOfAi(place.context, place.attributes) ? undefined : keep(value, place, toText.keep)
      case 'filter':
        return typeof value === 'boolean' || typeof value === 'number' ? value : FILTERED
      default:
        return keep(value, place, toText[redaction])
    }
  }
  const keep = (
    value: Attributes.AttributeValue,
    place: Place,
    text: (text: string) => string,
  ): Attributes.AttributeValue => {
    if (typeof value === 'string') return text(value)
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
    const { key: path, level } = place
    if (level >= MAX_LEVELS) return FILTERED
    if (!Attributes.isMap(value)) {
      const kept = value.map((one) => keep(one, { ...place, level: level + 1 }, text))
      return kept.some((one, index) => one !== value[index]) ? kept : value
    }
    return mapAttributes(value, (inner, name) => {
      // Conventions name the whole path; a map may hold keys of any convention, too.
      const key = `${path}.${name}`
      const alone = redactionOf(name)
      const redaction = alone === 'keep' ? redactionOf(key) : alone
      const below = { ...place, key, level: level + 1 }
      return redaction === 'keep' ? keep(inner, below, text) : redact(redaction, inner, below)
    })
  }
  return {
    attributes: (attributes, context) =>
      mapAttributes(attributes, (value, key) => {
        // hot: once for each attribute of each span
        const redaction = redactionOf(key)
        if (redaction === 'keep') {
          if (typeof value === 'string') return filterText(value, isWithoutQueries)
          if (typeof value !== 'object') return value
        }
        return redact(redaction, value, { key, attributes, context, level: 0 })
      }),
    value: (value, { key, redaction }, context) =>
      redact(redaction, value, { key, attributes: Attributes.empty, context, level: 0 }),
  }
}

/** The place of a value that is not kept as it is. */
interface Place {
  /** The keys of the maps around it, and its own, with dots between them. */
  readonly key: string
  /** The attributes that it belongs to. */
  readonly attributes: Attributes.Attributes
  readonly context: Context
  readonly level: number
}

/** Whether attributes belong to AI: their span does, or one of their keys. */
export const isOfAi = ({ isAi }: Context, attributes: Attributes.Attributes): boolean => {
  if (isAi) return true
  for (const key in attributes) if (AI_NAME.test(key)) return true
  return false
}

/** Keys are few and recur: each is looked up in the table once. */
const rememberedRedactions = (
  planOf: (key: string) => AttributePlan.AttributePlan,
): ((key: string) => AttributePlan.Redaction) => {
  const remembered = new Map<string, AttributePlan.Redaction>()
  return (key) => {
    const known = remembered.get(key)
    if (known !== undefined) return known
    if (remembered.size >= MAX_REMEMBERED_KEYS) remembered.clear()
    const { redaction } = planOf(key)
    if (key.length <= MAX_REMEMBERED_KEY) remembered.set(key, redaction)
    return redaction
  }
}
