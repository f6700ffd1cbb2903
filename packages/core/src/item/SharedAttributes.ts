/** The attributes that the items of one resource and one scope have in common, made and printed once. */
import type { Redactor } from '../filter/redact.ts'
import type { Mapping } from '../mapping/Mapping.ts'
import type { Resource } from '../model/Resource.ts'
import type { Scope } from '../model/Scope.ts'
import * as EventBase from '../sentry/EventBase.ts'
import type { Repairs } from '../size/Repairs.ts'
import { fitAttributes } from './fitAttributes.ts'
import { attributesPrinter, type SharedText } from './ItemText.ts'
import type * as TypedAttribute from './TypedAttribute.ts'

// model

export interface SharedAttributes extends SharedText {
  readonly attributes: TypedAttribute.ItemAttributes
  /** The attributes as the fields of a JSON object, without braces. */
  readonly text: string
  /** As the server counts them. */
  readonly bytes: number
  /** As in `FittedAttributes`. */
  readonly size: number
  /** Whether they were too large, and some were shortened or left out. */
  readonly isTrimmed: boolean
}

/** Chooses the attributes. The resource and the scope are redacted. */
export type FactsOf = (
  fields: EventBase.EventFields,
  resource: Resource,
  scope: Scope,
) => TypedAttribute.ItemAttributes

export interface SharedOptions {
  readonly mapping: Mapping
  readonly redact: Redactor
  /** Counts facts that the server would refuse, and that were repaired. */
  readonly repairs: Pick<Repairs, 'field'>
}

// constructors

/** The largest size of the attributes that items share: each item has them. */
export const MAX_BYTES: number = 64 * 1024

/** The shared attributes of each resource and scope, which are remembered as long as both. */
export const byOwner = (
  { mapping, redact, repairs }: SharedOptions,
  factsOf: FactsOf,
): ((resource: Resource, scope: Scope) => SharedAttributes) => {
  const toFields = EventBase.fieldsOf(mapping, repairs)
  const make = (resource: Resource, scope: Scope): SharedAttributes => {
    const [own, redacted] = [redact.resource(resource), redact.scope(scope)]
    const { attributes, bytes, isTrimmed, size } = fitAttributes(
      factsOf(toFields(own), own, redacted),
      MAX_BYTES,
    )
    return { attributes, bytes, isTrimmed, size, text: attributesPrinter()(attributes) }
  }
  const known = new WeakMap<Resource, WeakMap<Scope, SharedAttributes>>()
  let last: { readonly resource: Resource; readonly scope: Scope } | undefined
  let lastMade: SharedAttributes | undefined
  return (resource, scope) => {
    // The items of one scope usually follow each other.
    if (lastMade !== undefined && last?.resource === resource && last.scope === scope) {
      return lastMade
    }
    const ofResource = known.get(resource) ?? new WeakMap<Scope, SharedAttributes>()
    const made = ofResource.get(scope) ?? make(resource, scope)
    known.set(resource, ofResource.set(scope, made))
    last = { resource, scope }
    lastMade = made
    return made
  }
}
