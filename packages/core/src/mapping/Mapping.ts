/**
 * How spans are put into Sentry's words: a record of pure functions. Users replace one (`{ ...Mapping.sentry, op }`),
 * or put a rule of their own before ours (`op: Rule.firstOf([mine, ...Operation.rules])`).
 */
import * as Attributes from '../model/Attributes.ts'
import type { JsonObject } from '../model/Json.ts'
import type { Resource } from '../model/Resource.ts'
import type { Span } from '../model/Span.ts'
import * as Descriptor from './collector/Descriptor.ts'
import { statusOf } from './collector/statusOf.ts'
import { ofResource, tagsOf } from './collector/tagsOf.ts'
import * as Data from './Data.ts'
import * as Description from './Description.ts'
import * as Dist from './Dist.ts'
import * as Environment from './Environment.ts'
import * as Operation from './Operation.ts'
import * as Platform from './Platform.ts'
import * as Release from './Release.ts'
import * as ResourceContexts from './ResourceContexts.ts'
import * as SpanName from './SpanName.ts'
import * as Status from './Status.ts'
import * as Tags from './Tags.ts'
import * as TransactionName from './TransactionName.ts'

// model

/** `undefined` means: leave the field out. */
export interface Mapping {
  // of a span
  readonly data: (span: Span) => JsonObject
  readonly description: (span: Span) => string
  readonly name: (span: Span) => TransactionName.TransactionName
  readonly op: (span: Span) => string | undefined
  /** Tags of each span, and of the transaction whose root it is; without it only resources have tags. */
  readonly spanTags?: (span: Span) => Tags.Tags
  readonly status: (span: Span) => Status.Status
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

/** The default: both generations of OpenTelemetry's conventions, in the words of Sentry's products. */
export const sentry: Mapping = {
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
  serverName: (resource) => Attributes.firstText(resource.attributes, ['host.name']),
  tags: Tags.of,
}

/**
 * What the OpenTelemetry Collector's exporter made until version 0.144, for dashboards and alerts that were built on it:
 * the same operations, descriptions, names, statuses and tags, from the older conventions. What Sentry would remove of it
 * is mended, and what it lost is kept (`docs/migration.md`).
 */
export const collector: Mapping = {
  ...sentry,
  description: (span) => described(Descriptor.of(span).description, span),
  name: (span) => ({ name: described(Descriptor.of(span).description, span), source: 'custom' }),
  op: (span) => Descriptor.of(span).op,
  spanTags: tagsOf,
  status: statusOf,
  environment: (resource) =>
    Attributes.firstText(resource.attributes, ['environment']) ?? Environment.of(resource),
  tags: ofResource,
}

const described = (description: string, span: Span): string =>
  description.trim() === '' ? SpanName.of(span) : description

// combinators

/** Puts one environment on every event, whatever the resource says. */
export const forceEnvironment =
  (environment: string) =>
  (mapping: Mapping): Mapping => {
    const mended = Environment.repair(environment)
    return { ...mapping, environment: () => mended }
  }

/** Puts an environment on the events whose resource names none. */
export const defaultEnvironment =
  (environment: string) =>
  (mapping: Mapping): Mapping => {
    const mended = Environment.repair(environment)
    return { ...mapping, environment: (resource) => mapping.environment(resource) ?? mended }
  }

/** Makes the release of a template: `{service.name}@{service.version}`; without braces the same for all. */
export const withRelease =
  (template: string) =>
  (mapping: Mapping): Mapping => ({ ...mapping, release: Release.fromTemplate(template) })

/** Answers of 400 to 499 are ok, unless a span says ERROR of itself. Not for `Mapping.collector`, where they always are. */
export const lenient = (mapping: Mapping): Mapping =>
  mapping.status === Status.of ? { ...mapping, status: Status.ofServer } : mapping
