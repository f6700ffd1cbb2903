/**
 * What all events of one resource have in common: made once for each resource, shared by its events. Whatever a mapping
 * says, the server takes it: what it would refuse is mended here, and counted.
 */
import * as Dist from '../mapping/Dist.ts'
import * as Environment from '../mapping/Environment.ts'
import type { Mapping } from '../mapping/Mapping.ts'
import * as Release from '../mapping/Release.ts'
import type { ResourceContexts } from '../mapping/ResourceContexts.ts'
import * as Tags from '../mapping/Tags.ts'
import type { JsonObject } from '../model/Json.ts'
import type { Resource } from '../model/Resource.ts'
import { bytesOf, fitContext } from '../size/fitContext.ts'
import * as Repairs from '../size/Repairs.ts'
import { type Sdk, sdk } from './Sdk.ts'

// model

/** The fields of an event that come from its base, as they stand in the event. */
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
  /** The contexts that tell of the resource. */
  readonly resource: ResourceContexts
  /** Bytes of all this as JSON. */
  readonly bytes: number
  /** What it was made of: that decides where its events go. */
  readonly from: Resource
}

// constructors

export const of =
  (mapping: Mapping, mended: Repairs.Repairs = Repairs.start()) =>
  (resource: Resource): EventBase => {
    const mend = (
      said: string | undefined,
      toValid: (text: string) => string | undefined,
    ): string | undefined => {
      const valid = said === undefined ? undefined : toValid(said)
      if (valid !== said) mended.field++
      return valid
    }
    const environment = mend(mapping.environment(resource), Environment.repair)
    const release = mend(mapping.release(resource), Release.repair)
    const dist = mend(mapping.dist(resource), Dist.repair)
    const serverName = mend(mapping.serverName(resource), mendServerName)
    const fields = {
      platform: mapping.platform(resource),
      ...(environment === undefined ? {} : { environment }),
      ...(release === undefined ? {} : { release }),
      ...(dist === undefined ? {} : { dist }),
      ...(serverName === undefined ? {} : { server_name: serverName }),
      tags: Tags.fit(mapping.tags(resource)),
      sdk,
    }
    const contexts = fitContexts(mapping.contexts(resource), mended)
    const bytes = bytesOf({ resource: contexts, ...fields })
    return { fields, resource: contexts, bytes, from: resource }
  }

/** `relay-event-schema/src/protocol/event.rs`: longer ones are cut by the server. */
const mendServerName = (name: string): string | undefined =>
  name.trim() === '' ? undefined : name.slice(0, 256)

/** Bytes of the `resource` around the attributes of `contexts.otel`. */
const AROUND = 16

const fitContexts = (contexts: ResourceContexts, mended: Repairs.Repairs): ResourceContexts => {
  const fitted: Record<string, JsonObject> = {}
  for (const [name, context] of Object.entries(contexts)) {
    const fits =
      name === 'otel' && contexts.otel !== undefined
        ? { resource: fitContext(contexts.otel.resource, AROUND) }
        : fitContext(context)
    const isWhole = bytesOf(fits) === bytesOf(context)
    if (!isWhole) mended.trimmed++
    fitted[name] = isWhole ? context : fits
  }
  return fitted
}
