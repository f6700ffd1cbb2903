/**
 * The attributes that the metric items of one resource have in common: the facts that Sentry's products search, and few others, for
 * they are paid for with each item. Source: `develop-docs/sdk/telemetry/metrics.mdx` of getsentry/sentry-docs for the facts.
 */
import type { FactsOf } from '../item/SharedAttributes.ts'
import * as TypedAttribute from '../item/TypedAttribute.ts'
import * as Attributes from '../model/Attributes.ts'
import { sdk } from '../sentry/Sdk.ts'

/** The names of Sentry's own receivers of OTLP have this form. */
const ORIGIN = 'auto.otlp.metrics'

/** Attributes of the resource, which have the prefix `resource.`, as those of logs do. */
const RESOURCE_KEYS = ['service.name', 'service.namespace', 'service.instance.id']

// constructors

export const metricFacts: FactsOf = (
  { environment, release, server_name },
  { attributes },
): TypedAttribute.ItemAttributes => {
  const facts: ReadonlyArray<readonly [string, string | undefined]> = [
    ['sentry.environment', environment],
    ['sentry.origin', ORIGIN],
    ['sentry.release', release],
    ['sentry.sdk.name', sdk.name],
    ['sentry.sdk.version', sdk.version],
    ['server.address', server_name],
    ...RESOURCE_KEYS.map((key) => [`resource.${key}`, Attributes.text(attributes, key)] as const),
  ]
  return Object.fromEntries(
    facts.flatMap(([key, fact]) =>
      fact === undefined ? [] : [[key, TypedAttribute.text(fact)] as const],
    ),
  )
}
