/**
 * How spans are put into Sentry's words: a record of pure functions. Users replace one (`{ ...Mapping.sentry, op }`),
 * or put a rule of their own before ours (`op: Rule.firstOf([mine, ...Operation.rules])`).
 */
import * as Data from './Data.ts'
import * as Description from './Description.ts'
import * as Environment from './Environment.ts'
import type { JsonObject } from './Json.ts'
import * as Operation from './Operation.ts'
import * as OtelContext from './OtelContext.ts'
import * as Platform from './Platform.ts'
import * as Release from './Release.ts'
import type { Resource } from './Resource.ts'
import type { Span } from './Span.ts'
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
  readonly status: (span: Span) => Status.Status
  // of a resource, once for each
  readonly environment: (resource: Resource) => string | undefined
  readonly platform: (resource: Resource) => string
  readonly release: (resource: Resource) => string | undefined
  readonly resourceContext: (resource: Resource) => JsonObject
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
  environment: Environment.of,
  platform: Platform.of,
  release: Release.of,
  resourceContext: OtelContext.of,
  serverName: (resource) => {
    const name = resource.attributes['host.name']
    return typeof name === 'string' && name !== '' ? name.slice(0, 256) : undefined
  },
  tags: Tags.of,
}

// combinators

/** Puts one environment on every event, whatever the resource says. */
export const forceEnvironment =
  (environment: string) =>
  (mapping: Mapping): Mapping => {
    const mended = Environment.mend(environment)
    return { ...mapping, environment: () => mended }
  }

/** Puts an environment on the events whose resource names none. */
export const defaultEnvironment =
  (environment: string) =>
  (mapping: Mapping): Mapping => {
    const mended = Environment.mend(environment)
    return { ...mapping, environment: (resource) => mapping.environment(resource) ?? mended }
  }
