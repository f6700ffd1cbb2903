/**
 * The attributes that the log items of one resource and one logger have in common, made once: those of both, under the names of
 * Sentry's own receiver of OTLP, and the facts that Sentry's products search. Source: `relay-ourlogs/src/otel_to_sentry.rs` of
 * getsentry/relay for the names; `develop-docs/sdk/telemetry/logs.mdx` of getsentry/sentry-docs for the facts.
 */
import type { Redactor } from '../filter/redact.ts'
import type { Mapping } from '../mapping/Mapping.ts'
import type { Attributes } from '../model/Attributes.ts'
import * as Json from '../model/Json.ts'
import type { Resource } from '../model/Resource.ts'
import * as Scope from '../model/Scope.ts'
import * as EventBase from '../sentry/EventBase.ts'
import { sdk } from '../sentry/Sdk.ts'
import type { Repairs } from '../size/Repairs.ts'
import { fitAttributes } from './fitAttributes.ts'
import { attributesPrinter, type SharedText } from './printLog.ts'
import * as TypedAttribute from './TypedAttribute.ts'

// model

export interface SharedAttributes extends SharedText {
  readonly attributes: TypedAttribute.LogAttributes
  /** The attributes as the fields of a JSON object, without braces. */
  readonly text: string
  /** As the server counts them. */
  readonly bytes: number
  /** As in `FittedAttributes`. */
  readonly size: number
  /** Whether they were too large, and some were shortened or left out. */
  readonly isTrimmed: boolean
}

// constructors

/** The largest size of the attributes that items share: each item has them. */
export const MAX_BYTES: number = 64 * 1024

/** Sentry's own receiver of OTLP has the same. */
const ORIGIN = 'auto.otlp.logs'

/**
 * The shared attributes of each resource and logger, which are remembered as long as both. Facts that the server would refuse are
 * repaired and counted.
 */
export const byOwner = (
  mapping: Mapping,
  redact: Redactor,
  repairs: Pick<Repairs, 'field'>,
): ((resource: Resource, scope: Scope.Scope) => SharedAttributes) => {
  const toFields = EventBase.fieldsOf(mapping, repairs)
  const known = new WeakMap<Resource, WeakMap<Scope.Scope, SharedAttributes>>()
  let last: { readonly resource: Resource; readonly scope: Scope.Scope } | undefined
  let lastMade: SharedAttributes | undefined
  return (resource, scope) => {
    // The records of one logger usually follow each other.
    if (lastMade !== undefined && last?.resource === resource && last.scope === scope) {
      return lastMade
    }
    const ofResource = known.get(resource) ?? new WeakMap<Scope.Scope, SharedAttributes>()
    const made =
      ofResource.get(scope) ?? make(toFields, redact.resource(resource), redact.scope(scope))
    known.set(resource, ofResource.set(scope, made))
    last = { resource, scope }
    lastMade = made
    return made
  }
}

const make = (
  toFields: (resource: Resource) => EventBase.EventFields,
  resource: Resource,
  scope: Scope.Scope,
): SharedAttributes => {
  const all: Record<string, TypedAttribute.TypedAttribute> = {}
  addFacts(all, toFields(resource))
  const { name, version } = scope
  addAll(all, 'instrumentation.', scope.attributes)
  if (name !== Scope.unknown.name) all['instrumentation.name'] = TypedAttribute.text(name)
  if (version !== '') all['instrumentation.version'] = TypedAttribute.text(version)
  addAll(all, 'resource.', resource.attributes, resource.doubles)
  const { attributes, bytes, isTrimmed, size } = fitAttributes(all, MAX_BYTES)
  return { attributes, bytes, isTrimmed, size, text: attributesPrinter()(attributes) }
}

const addFacts = (
  all: Record<string, TypedAttribute.TypedAttribute>,
  { environment, platform, release, server_name }: EventBase.EventFields,
): void => {
  const facts = {
    'sentry.environment': environment,
    'sentry.origin': ORIGIN,
    'sentry.platform': platform,
    'sentry.release': release,
    'sentry.sdk.name': sdk.name,
    'sentry.sdk.version': sdk.version,
    'server.address': server_name,
  }
  for (const [key, fact] of Object.entries(facts)) {
    if (fact !== undefined) all[key] = TypedAttribute.text(fact)
  }
}

const addAll = (
  all: Record<string, TypedAttribute.TypedAttribute>,
  prefix: string,
  attributes: Attributes,
  doubles: ReadonlyArray<string> = [],
): void => {
  for (const key of Object.keys(attributes)) {
    const value = attributes[key]
    if (value === undefined) continue
    Json.set(all, prefix + key, TypedAttribute.of(value, doubles.includes(key)))
  }
}
