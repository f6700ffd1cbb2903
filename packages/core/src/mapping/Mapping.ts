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
import * as Descriptor from './collector/Descriptor.ts'
import { statusOf } from './collector/statusOf.ts'
import { tagsOf, tagsOfResource } from './collector/tagsOf.ts'
import * as Data from './Data.ts'
import * as Description from './Description.ts'
import * as Dist from './Dist.ts'
import * as Environment from './Environment.ts'
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

/** A result of `undefined` leaves the field out. A function of a span without `reads` counts as reading every key. */
export interface Mapping {
  // of a span
  readonly data: SpanFunction<JsonObject>
  readonly description: SpanFunction<string>
  readonly name: SpanFunction<TransactionName.TransactionName>
  readonly op: SpanFunction<string | undefined>
  /** Tags of each span, and of the transaction whose root it is; without it only resources have tags. */
  readonly spanTags?: SpanFunction<Tags.Tags>
  readonly status: SpanFunction<Status.Status>
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

/** The Go exporter's tag `environment` was read by Sentry as the environment of the event. */
const ENVIRONMENT = ['environment']

/** The default: both generations of OpenTelemetry's conventions, mapped to the names that Sentry's products use. */
export const sentry: Mapping = frozen({
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
export const collector: Mapping = frozen({
  ...sentry,
  description: described,
  name: reading([described], (span, letters) => ({
    name: described(span, letters),
    source: 'custom',
  })),
  op: reading([Descriptor.of], (span) => Descriptor.of(span).op),
  spanTags: tagsOf,
  status: statusOf,
  environment: (resource) =>
    Attributes.firstText(resource.attributes, ENVIRONMENT) ?? Environment.of(resource),
  tags: tagsOfResource,
})

// transformations

/** Puts one environment on every event, whatever the resource has. */
export const forceEnvironment =
  (environment: string) =>
  (mapping: Mapping): Mapping => {
    const repaired = Environment.repair(environment)
    return { ...mapping, environment: () => repaired }
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
