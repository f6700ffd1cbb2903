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

const ALLOWED =
  /^(service\.(name|namespace)|k8s\.(cluster|namespace|node|pod|container|deployment|statefulset|daemonset|job|cronjob)\.name|cloud\.(provider|platform|region|availability_zone))$/

/** Whether an attribute of a resource becomes a tag. */
export const isAllowed = (key: string): boolean => ALLOWED.test(key)

// constructors

const KEY = /^[\w.:-]{1,200}$/

/** The server removes these, and moves `environment` to the field of this name. */
const RESERVED = /^(release|dist|user|filename|function|environment|sentry:.*)$/

/** A value that the server accepts: on one line, of at most 200 characters; empty for one of blanks. */
export const repair = (value: string): string => {
  const line = shorten(value.replace(/[\r\n]+/g, ' '), characters.tagValue)
  return line.trim() === '' ? '' : line
}

/**
 * Tags that the server accepts: values are repaired; characters of a key other than letters, digits and `_.:-` become `_`;
 * tags without a value and tags with names that Sentry reserves are left out.
 */
export const fit = (tags: Tags): Tags => {
  const fitted: Record<string, string> = {}
  for (const key in tags) {
    const value = repair(tags[key] ?? '')
    const name = KEY.test(key) ? key : key.slice(0, characters.tagKey).replace(/[^\w.:-]/g, '_')
    if (value !== '' && name !== '' && !RESERVED.test(name)) Json.set(fitted, name, value)
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
