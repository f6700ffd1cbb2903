/**
 * The fields that all events of one resource have in common: made once for each resource, and shared by its events. Values
 * of a mapping that the server would refuse are repaired and counted.
 */

import { copyString } from '../internal/text/copyString.ts'
import { shorten } from '../internal/text/cutBytes.ts'
import * as Dist from '../mapping/Dist.ts'
import * as Environment from '../mapping/Environment.ts'
import type { EventForm, Mapping } from '../mapping/Mapping.ts'
import * as Release from '../mapping/Release.ts'
import type { ResourceContexts } from '../mapping/ResourceContexts.ts'
import * as Tags from '../mapping/Tags.ts'
import type { JsonObject } from '../model/Json.ts'
import type { Resource } from '../model/Resource.ts'
import { characters } from '../model/ServerLimits.ts'
import { bytesOf, fitContext } from '../size/fitContext.ts'
import { heldBytesOf } from '../size/heldBytesOf.ts'
import * as Repairs from '../size/Repairs.ts'
import { type Sdk, sdk } from './Sdk.ts'

// model

/** The fields of an event that come from its resource. */
export interface EventFields {
  readonly platform: string
  readonly environment?: string
  readonly release?: string
  readonly dist?: string
  readonly server_name?: string
  readonly tags: Tags.Tags
  readonly sdk: Sdk
}

export interface EventBase {
  readonly fields: EventFields
  /** The contexts of the resource. */
  readonly resource: ResourceContexts
  /** Bytes of the fields and contexts as JSON. */
  readonly bytes: number
  /** An estimate of the bytes that it holds in memory, with the resource itself. */
  readonly heldBytes: number
  /** The resource itself: routing depends on it. */
  readonly from: Resource
  readonly form: EventForm
}

// constructors

/** Bytes of `{"resource":}` and more around the attributes of `contexts.otel`. */
const AROUND = 16

export const of = (
  mapping: Mapping,
  repairs: Repairs.Repairs = Repairs.start(),
): ((resource: Resource) => EventBase) => {
  const toFields = fieldsOf(mapping, repairs)
  return (resource) => {
    const fields = toFields(resource)
    const contexts = fitContexts(mapping.contexts(resource), repairs)
    const bytes = bytesOf({ resource: contexts, ...fields })
    const heldBytes = 2 * bytes + heldBytesOf(resource.attributes)
    const form = mapping.eventForm ?? 'sentry'
    return { fields, resource: contexts, bytes, heldBytes, from: resource, form }
  }
}

/** The fields alone. */
export const fieldsOf =
  (mapping: Mapping, repairs: Pick<Repairs.Repairs, 'field'>) =>
  (resource: Resource): EventFields => {
    const repaired = (
      text: string | undefined,
      repair: (text: string) => string | undefined,
    ): string | undefined => {
      const valid = text === undefined ? undefined : repair(text)
      if (valid !== text) repairs.field++
      return valid
    }
    const environment = repaired(mapping.environment(resource), Environment.repair)
    const release = repaired(mapping.release(resource), Release.repair)
    const dist = repaired(mapping.dist(resource), Dist.repair)
    const serverName = repaired(mapping.serverName(resource), repairServerName)
    return {
      platform: mapping.platform(resource),
      ...(environment === undefined ? {} : { environment }),
      ...(release === undefined ? {} : { release }),
      ...(dist === undefined ? {} : { dist }),
      ...(serverName === undefined ? {} : { server_name: serverName }),
      tags: Tags.fit(mapping.tags(resource)),
      sdk,
    }
  }

/** The number of shared environments for each base. */
const MAX_ENVIRONMENTS = 100

/**
 * Replaces the environment of a base. One that the server would refuse leaves the base as it is. Equal environments of a
 * base share one result.
 */
export const withEnvironments = (): ((
  base: EventBase,
  environment: string,
  repairs: Repairs.Repairs,
) => EventBase) => {
  const known = new WeakMap<EventBase, Map<string, EventBase>>()
  return (base, environment, repairs) => {
    const repaired = Environment.repair(environment)
    if (repaired !== environment) repairs.field++
    if (repaired === undefined || repaired === base.fields.environment) return base
    const others = known.get(base) ?? new Map<string, EventBase>()
    const shared = others.get(repaired)
    if (shared !== undefined) return shared
    if (others.size === 0 || others.size >= MAX_ENVIRONMENTS) {
      others.clear()
      known.set(base, others)
    }
    const made = { ...base, fields: { ...base.fields, environment: copyString(repaired) } }
    others.set(made.fields.environment, made)
    return made
  }
}

const repairServerName = (name: string): string | undefined =>
  name.trim() === '' ? undefined : shorten(Tags.repair(name), characters.serverName)

/** The contexts that an event has of its own: without its trace context the server drops it. */
const OF_EVENTS: ReadonlySet<string> = new Set(['trace', 'replay', 'response'])

const fitContexts = (contexts: ResourceContexts, repairs: Repairs.Repairs): ResourceContexts => {
  const fitted: Record<string, JsonObject> = {}
  for (const [name, context] of Object.entries(contexts)) {
    if (OF_EVENTS.has(name)) {
      repairs.field++
      continue
    }
    const fits =
      name === 'otel' && contexts.otel !== undefined
        ? { resource: fitContext(contexts.otel.resource, AROUND) }
        : fitContext(context)
    const isWhole = bytesOf(fits) === bytesOf(context)
    if (!isWhole) repairs.trimmed++
    fitted[name] = isWhole ? context : fits
  }
  return fitted
}

// transformations

/** Replaces the platform of a base, if there is one. Equal platforms of a base share one result. */
export const withPlatforms = (): ((base: EventBase, platform: string | undefined) => EventBase) => {
  const known = new WeakMap<EventBase, Map<string, EventBase>>()
  return (base, platform) => {
    if (platform === undefined) return base
    const others = known.get(base) ?? new Map<string, EventBase>()
    const made = others.get(platform) ?? { ...base, fields: { ...base.fields, platform } }
    known.set(base, others.set(platform, made))
    return made
  }
}
