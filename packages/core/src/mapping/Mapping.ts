/**
 * How spans become Sentry's fields: a record of pure functions. Users replace one (`{ ...Mapping.sentry, op }`), or put a
 * rule of their own before the others (`op: Rule.firstOf([mine, ...Operation.rules])`).
 *
 * @example
 * ```ts
 * import { Mapping, Resource } from '@sentry-exporter/core'
 *
 * const mapping = Mapping.withRelease('{service.name}-{service.version}')(Mapping.sentry)
 * const shop = Resource.of({ 'service.name': 'shop', 'service.version': '1.4.2' })
 * console.log(mapping.release(shop), Mapping.sentry.release(shop)) // shop-1.4.2 shop@1.4.2
 * ```
 */
import { frozen } from '../internal/frozen.ts'
import * as Attributes from '../model/Attributes.ts'
import type { JsonObject } from '../model/Json.ts'
import type { Resource } from '../model/Resource.ts'
import type { Span } from '../model/Span.ts'
import * as Descriptor from './collector/Descriptor.ts'
import { statusOf } from './collector/statusOf.ts'
import { environmentOf, environmentOfResource, tagsOf, tagsOfResource } from './collector/tagsOf.ts'
import { type TagParts, tagParts, tagsPrinter } from './collector/tagsPrinter.ts'
import * as Data from './Data.ts'
import * as Description from './Description.ts'
import * as Dist from './Dist.ts'
import * as Environment from './Environment.ts'
import type { FirstLetters } from './FirstLetters.ts'
import * as Operation from './Operation.ts'
import * as Platform from './Platform.ts'
import * as Release from './Release.ts'
import * as ResourceContexts from './ResourceContexts.ts'
import { reading, type SpanFunction } from './SpanFunction.ts'
import * as SpanName from './SpanName.ts'
import * as Status from './Status.ts'
import * as Tags from './Tags.ts'
import * as TransactionName from './TransactionName.ts'

// model

export type EventForm = 'sentry' | 'collector'

/** A result of `undefined` leaves the field out. A function of a span without `reads` counts as reading every key. */
export interface Mapping {
  // of a span
  readonly data: SpanFunction<JsonObject>
  readonly description: SpanFunction<string>
  readonly name: SpanFunction<TransactionName.TransactionName>
  readonly op: SpanFunction<string | undefined>
  /** Tags of each span, and of the transaction whose root it is; without it only resources have tags. */
  readonly spanTags?: SpanFunction<Tags.Tags> | undefined
  /** The environment of the events of a span, where it is not that of its resource. */
  readonly spanEnvironment?: SpanFunction<string | undefined> | undefined
  readonly status: SpanFunction<Status.Status>
  // of an event
  /** `collector`: errors and trace contexts have the fields of the Collector's exporter. `sentry` if left out. */
  readonly eventForm?: EventForm
  // of a resource, once for each
  readonly contexts: (resource: Resource) => ResourceContexts.ResourceContexts
  readonly dist: (resource: Resource) => string | undefined
  readonly environment: (resource: Resource) => string | undefined
  readonly platform: (resource: Resource) => string
  readonly release: (resource: Resource) => string | undefined
  readonly serverName: (resource: Resource) => string | undefined
  readonly tags: (resource: Resource) => Tags.Tags
}

// constructors

const HOST_NAME = ['host.name']

/** The default: both generations of OpenTelemetry's conventions, mapped to the names that Sentry's products use. */
export const sentry: Mapping = /* @__PURE__ */ frozen({
  data: Data.of,
  description: Description.of,
  name: TransactionName.of,
  op: Operation.of,
  status: Status.of,
  contexts: ResourceContexts.of,
  dist: Dist.of,
  environment: Environment.of,
  platform: Platform.of,
  release: Release.of,
  serverName: (resource) => Attributes.firstText(resource.attributes, HOST_NAME),
  tags: Tags.of,
})

/** The name of the span if the description is blank: Sentry replaces empty names. */
const described: SpanFunction<string> = reading([Descriptor.of, SpanName.of], (span, letters) => {
  const { description } = Descriptor.of(span)
  return description.trim() === '' ? SpanName.of(span, letters) : description
})

/**
 * The mapping of the OpenTelemetry Collector's exporter until version 0.144, for dashboards and alerts that were built on
 * it: the same operations, descriptions, names, statuses and tags, from the older conventions. Values that Sentry would
 * remove are repaired, and data that the exporter lost is kept (`docs/migration.md`).
 */
export const collector: Mapping = /* @__PURE__ */ frozen({
  ...sentry,
  description: described,
  name: reading([described], (span, letters) => ({
    name: described(span, letters),
    source: 'custom',
  })),
  op: reading([Descriptor.of], (span) => Descriptor.of(span).op),
  spanTags: tagsOf,
  spanEnvironment: environmentOf,
  status: statusOf,
  eventForm: 'collector',
  environment: (resource) => {
    const text = environmentOfResource(resource)
    return text === undefined || text.trim() === '' ? Environment.of(resource) : text
  },
  tags: tagsOfResource,
})

// encoding

/**
 * Prints the repaired tags of spans as JSON; `undefined` for a mapping without such tags. A printer for one pipeline: it
 * remembers what spans have in common.
 */
export const tagsPrinterOf = ({
  spanTags,
}: Pick<Mapping, 'spanTags'>): ((span: Span, letters?: FirstLetters) => string) | undefined => {
  if (spanTags === undefined) return undefined
  return spanTags === tagsOf
    ? tagsPrinter()
    : (span, letters) => JSON.stringify(Tags.fit(spanTags(span, letters)))
}

/** The same tags in parts, for a mapping whose tags have them; a function for one pipeline. */
export const tagPartsOf = ({
  spanTags,
}: Pick<Mapping, 'spanTags'>): ((span: Span) => TagParts | undefined) | undefined =>
  spanTags === tagsOf ? tagParts() : undefined

// transformations

/** Puts one environment on every event, whatever the resource has. */
export const forceEnvironment =
  (environment: string) =>
  (mapping: Mapping): Mapping => {
    const repaired = Environment.repair(environment)
    return { ...mapping, environment: () => repaired, spanEnvironment: undefined }
  }

/** Puts an environment on the events whose resource has none. */
export const defaultEnvironment =
  (environment: string) =>
  (mapping: Mapping): Mapping => {
    const repaired = Environment.repair(environment)
    return { ...mapping, environment: (resource) => mapping.environment(resource) ?? repaired }
  }

/** Makes the release from a template: `{service.name}@{service.version}`; without braces it is the same for all. */
export const withRelease =
  (template: string) =>
  (mapping: Mapping): Mapping => ({ ...mapping, release: Release.fromTemplate(template) })

/**
 * HTTP responses of 400 to 499 are ok, unless the span has the status ERROR. Only for `Status.of`: with `collector` they
 * always are.
 */
export const with4xxOk = (mapping: Mapping): Mapping =>
  mapping.status === Status.of ? { ...mapping, status: Status.with4xxOk } : mapping
