/**
 * Tags: indexed texts for searching. Only an allow-list of a resource's attributes becomes tags; all of them stay
 * in the event's context. The server removes a tag whose value is longer than 200 characters or contains a line break
 * (`relay-event-schema/src/protocol/tags.rs` of getsentry/relay), so values are cut and put on one line.
 *
 * @example
 * ```ts
 * import { Resource, Tags } from '@sentry-exporter/core'
 *
 * console.log(Tags.of(Resource.of({ 'service.name': 'shop', 'host.name': 'vm' }))) // { 'service.name': 'shop' }
 * console.log(Tags.fit({ 'a b': 'c', release: '1', empty: '' })) // { a_b: 'c' }
 * ```
 */
import { shorten } from '../internal/text/cutBytes.ts'
import * as Json from '../model/Json.ts'
import type { Resource } from '../model/Resource.ts'
import { characters } from '../model/ServerLimits.ts'

// model

export interface Tags {
  readonly [key: string]: string
}

// guards

/** The server removes these, and moves `environment` to the field of this name. */
const RESERVED = /^(release|dist|user|filename|function|environment|sentry:.*)$/

const ALLOWED =
  /^(service\.(name|namespace)|k8s\.(cluster|namespace|node|pod|container|deployment|statefulset|daemonset|job|cronjob)\.name|cloud\.(provider|platform|region|availability_zone))$/

/** Whether the server removes a tag with this key, or takes it for a field of the event. */
export const isReserved = (key: string): boolean => RESERVED.test(key)

/** Whether an attribute of a resource becomes a tag. */
export const isAllowed = (key: string): boolean => ALLOWED.test(key)

// constructors

const KEY = /^[\w.:-]{1,200}$/

/** A value that the server accepts: on one line, of at most 200 characters, empty if it would be blank. */
export const repair = (value: string): string => {
  const cut = shorten(value.replace(/[\r\n]+/g, ' '), characters.tagValue)
  return cut.trim() === '' ? '' : cut
}

/** A key that the server accepts: characters other than letters, digits and `_.:-` become `_`. */
export const repairKey = (key: string): string =>
  KEY.test(key) ? key : key.slice(0, characters.tagKey).replace(/[^\w.:-]/g, '_')

/**
 * Tags that the server accepts: keys and values are repaired, tags without a value and tags with names that Sentry reserves
 * are left out. If several keys become one by repair, a key that needed none wins, then the first in the order of UTF-16.
 */
export const fit = (tags: Tags): Tags => {
  const fitted: Record<string, string> = {}
  /** The keys before repair, by the repaired ones. */
  let repaired: Map<string, string> | undefined
  for (const key in tags) {
    const value = repair(tags[key] ?? '')
    const name = repairKey(key)
    if (value === '' || name === '' || isReserved(name)) continue
    if (name === key) repaired?.delete(name)
    else {
      repaired ??= new Map()
      const other = repaired.get(name)
      if (other === undefined ? Object.hasOwn(fitted, name) : other < key) continue
      repaired.set(name, key)
    }
    Json.set(fitted, name, value)
  }
  return fitted
}

/** The tags of all events of a resource. Only text, numbers and booleans become tags. */
export const of = (resource: Resource): Tags => {
  const tags: Record<string, string> = {}
  for (const [key, value] of Object.entries(resource.attributes)) {
    if (!isAllowed(key)) continue
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
      continue
    const text = repair(String(value))
    if (text !== '') tags[key] = text
  }
  return tags
}
