/** Attributes of items that state facts of this program: neither senders nor hooks of users set them. */
import type * as TypedAttribute from './TypedAttribute.ts'

/** The nanoseconds of an item's time, which the server adds to it (`relay-server/src/processing/logs/store.rs` of getsentry/relay). */
export const SEQUENCE_KEY = 'sentry.timestamp.sequence'

// transformations

/** Attributes that a hook returned, with those under the keys that the item had before, and no others under them. */
export const keptAttributes =
  (keys: ReadonlyArray<string>) =>
  (
    returned: TypedAttribute.ItemAttributes,
    before: TypedAttribute.ItemAttributes,
  ): TypedAttribute.ItemAttributes => {
    const others = Object.entries(returned).filter(([key]) => !keys.includes(key))
    const kept = keys.flatMap((key) => {
      const attribute = before[key]
      return attribute === undefined ? [] : [[key, attribute] as const]
    })
    return Object.fromEntries([...others, ...kept])
  }
