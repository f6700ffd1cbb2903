/**
 * The attributes that the log items of one resource and one logger have in common: those of both, under the names of Sentry's own
 * receiver of OTLP, and the facts that Sentry's products search. Source: `relay-ourlogs/src/otel_to_sentry.rs` of getsentry/relay
 * for the names; `develop-docs/sdk/telemetry/logs.mdx` of getsentry/sentry-docs for the facts.
 */
import type { FactsOf } from '../item/SharedAttributes.ts'
import * as TypedAttribute from '../item/TypedAttribute.ts'
import type { Attributes } from '../model/Attributes.ts'
import * as Json from '../model/Json.ts'
import * as Scope from '../model/Scope.ts'
import type { EventFields } from '../sentry/EventBase.ts'
import { sdk } from '../sentry/Sdk.ts'

/** Sentry's own receiver of OTLP has the same. */
const ORIGIN = 'auto.otlp.logs'

// constructors

export const logFacts: FactsOf = (fields, resource, scope) => {
  const all: Record<string, TypedAttribute.TypedAttribute> = {}
  addFacts(all, fields)
  const { name, version } = scope
  addAll(all, 'instrumentation.', scope.attributes)
  if (name !== Scope.unknown.name) all['instrumentation.name'] = TypedAttribute.text(name)
  if (version !== '') all['instrumentation.version'] = TypedAttribute.text(version)
  addAll(all, 'resource.', resource.attributes, resource.doubles)
  return all
}

const addFacts = (
  all: Record<string, TypedAttribute.TypedAttribute>,
  { environment, platform, release, server_name }: EventFields,
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
