/**
 * The event bases of equal resources: each request brings a resource of its own, and those of one process are equal. Bounded.
 * Mutable; one owner.
 */
import type { AttributeValue } from '../model/Attributes.ts'
import type { Resource } from '../model/Resource.ts'
import type { EventBase } from '../sentry/EventBase.ts'

// model

export interface SharedBases {
  /** The base of an equal resource. */
  readonly get: (resource: Resource) => EventBase | undefined
  readonly add: (base: EventBase) => void
}

/** All bases are forgotten when there are more. */
export const MAX_BASES = 256

/** A larger base is not shared. */
const MAX_HELD_BYTES = 32 * 1024

// constructors

export const make = (): SharedBases => {
  const known = new Map<string, EventBase>()
  return {
    get: (resource) => {
      const found = known.get(textsOf(resource))
      return found !== undefined && isEqual(found.from, resource) ? found : undefined
    },
    add: (base) => {
      if (base.heldBytes > MAX_HELD_BYTES) return
      if (known.size >= MAX_BASES) known.clear()
      known.set(textsOf(base.from), base)
    },
  }
}

/** The texts among the values: they differ for most resources that are not equal. */
const textsOf = ({ attributes }: Resource): string =>
  Object.values(attributes)
    .filter((value) => typeof value === 'string')
    .join()

// guards

/** Whether they have the same attributes in the same order. */
const isEqual = (a: Resource, b: Resource): boolean => {
  const keys = Object.keys(a.attributes)
  const others = Object.keys(b.attributes)
  return (
    keys.length === others.length &&
    keys.every((key, nth) => key === others[nth] && isSame(a.attributes[key], b.attributes[key])) &&
    isSame(a.doubles ?? NONE, b.doubles ?? NONE)
  )
}

const NONE: ReadonlyArray<string> = /* @__PURE__ */ Object.freeze([])

/** Of lists only the values are compared, and no lists or maps in them: then the values differ. */
const isSame = (a: AttributeValue | undefined, b: AttributeValue | undefined): boolean =>
  Array.isArray(a) && Array.isArray(b)
    ? a.length === b.length && a.every((value, nth) => Object.is(value, b[nth]))
    : Object.is(a, b)
