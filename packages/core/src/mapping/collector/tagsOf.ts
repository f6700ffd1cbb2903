/**
 * The tags that the Collector's exporter gave a span: its attributes, under those of the resource, and what it said of
 * the span itself. Source: `generateTagsFromAttributes` and its callers in `exporter/sentryexporter` of
 * open-telemetry/opentelemetry-collector-contrib, before version 0.145.
 */
import type { AttributeValue } from '../../model/Attributes.ts'
import * as Json from '../../model/Json.ts'
import type { Resource } from '../../model/Resource.ts'
import type { Span } from '../../model/Span.ts'
import type * as Tags from '../Tags.ts'
import { goDouble } from './goDouble.ts'

// destructors

/** Exactly what it made, with what Sentry would not take: keys of any kind, texts of any length and empty ones. */
export const tagsOf = (span: Span): Tags.Tags => {
  const tags: Record<string, string> = {}
  addAll(tags, span)
  addAll(tags, span.resource)
  const message = messageOf(span)
  if (message !== '') tags['status_message'] = message
  if (span.kind !== 'UNSPECIFIED') tags['span_kind'] = `SPAN_KIND_${span.kind}`
  tags['library_name'] = span.scope.name
  tags['library_version'] = span.scope.version
  return tags
}

export const ofResource = (resource: Resource): Tags.Tags => {
  const tags: Record<string, string> = {}
  addAll(tags, resource)
  return tags
}

/** One of them: that of the resource wins. */
export const tagOf = (span: Span, key: string): string | undefined =>
  textOf(span.resource, key) ?? textOf(span, key)

/** What the span says of its outcome; a code that nobody knows replaces it. */
export const messageOf = ({ status }: Span): string =>
  typeof status.code === 'number' ? `error code ${status.code}` : status.message

/** What has attributes, with the keys of those whose whole numbers were sent as doubles. */
type Holder = Pick<Resource, 'attributes' | 'doubles'>

const addAll = (tags: Record<string, string>, holder: Holder): void => {
  for (const key in holder.attributes) {
    const text = textOf(holder, key)
    if (text !== undefined) Json.set(tags, key, text)
  }
}

/** Lists, maps, bytes and nothing were left out. */
const textOf = ({ attributes, doubles }: Holder, key: string): string | undefined => {
  const value: AttributeValue | undefined = Object.hasOwn(attributes, key)
    ? attributes[key]
    : undefined
  switch (typeof value) {
    case 'string':
      return value
    case 'boolean':
    case 'bigint':
      return String(value)
    case 'number':
      return Number.isInteger(value) && !Object.is(value, -0) && doubles?.includes(key) !== true
        ? wholeNumber(value)
        : goDouble(value)
    default:
      return undefined
  }
}

/** Digits only: `String` prints an exponent from 1e21 on. */
const wholeNumber = (value: number): string =>
  Number.isSafeInteger(value) ? String(value) : BigInt(value).toString()
