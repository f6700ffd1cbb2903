/**
 * The tags that the Collector's exporter gave a span: its attributes, the attributes of the resource, which replace those
 * of the span, and facts about the span (`status_message`, `span_kind`, `library_name`, `library_version`). Source:
 * `generateTagsFromAttributes` and its callers in `exporter/sentryexporter` of open-telemetry/opentelemetry-collector-contrib,
 * before version 0.145.
 */
import type { AttributeValue } from '../../model/Attributes.ts'
import * as Json from '../../model/Json.ts'
import type { Resource } from '../../model/Resource.ts'
import type { Span } from '../../model/Span.ts'
import { reading, type SpanFunction } from '../SpanFunction.ts'
import type * as Tags from '../Tags.ts'
import { goDouble } from './goDouble.ts'

// model

/** A span or a resource: its attributes, and the keys of whole numbers that were sent as doubles. */
export type Holder = Pick<Resource, 'attributes' | 'doubles'>

// constructors

const ENVIRONMENT = 'environment'

/**
 * The same tags as in Go, including those that Sentry would remove: keys of any characters, values of any length and empty
 * ones. `Tags.fit` repairs them. `tagsPrinter` prints the repaired tags faster.
 */
export const tagsOf = (span: Span): Tags.Tags => {
  const tags: Record<string, string> = {}
  addAll(tags, span.resource)
  for (const key in span.attributes) {
    const text = textOf(span, key)
    if (text !== undefined && !Object.hasOwn(tags, key)) Json.set(tags, key, text)
  }
  const message = messageOf(span)
  if (message !== '') tags['status_message'] = message
  if (span.kind !== 'UNSPECIFIED') tags['span_kind'] = `SPAN_KIND_${span.kind}`
  tags['library_name'] = span.scope.name
  tags['library_version'] = span.scope.version
  return tags
}

/** The tags `environment` of a resource and, without it, of a span: Sentry makes them the environment of events. */
export const environmentOfResource = (resource: Resource): string | undefined =>
  textOf(resource, ENVIRONMENT)

export const environmentOf: SpanFunction<string | undefined> = reading([ENVIRONMENT], (span) =>
  textOf(span.resource, ENVIRONMENT) === undefined ? textOf(span, ENVIRONMENT) : undefined,
)

export const tagsOfResource = (resource: Resource): Tags.Tags => {
  const tags: Record<string, string> = {}
  addAll(tags, resource)
  return tags
}

/** One tag: the resource takes precedence. */
export const tagOf = (span: Span, key: string): string | undefined =>
  textOf(span.resource, key) ?? textOf(span, key)

/** The tag `status_message`: the message of the status, or for an unknown code a text with its number. */
export const messageOf = ({ status }: Span): string =>
  typeof status.code === 'number' ? `error code ${status.code}` : status.message

const addAll = (tags: Record<string, string>, holder: Holder): void => {
  for (const key in holder.attributes) {
    const text = textOf(holder, key)
    if (text !== undefined) Json.set(tags, key, text)
  }
}

/** The text of a tag. Go's exporter left out lists, maps, bytes and empty values. */
export const textOf = ({ attributes, doubles }: Holder, key: string): string | undefined => {
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
