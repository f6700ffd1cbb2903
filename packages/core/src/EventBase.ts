/** What all events of one resource have in common: made once for each resource, shared by its events. */
import { byteLength } from './byteLength.ts'
import type { JsonObject } from './Json.ts'
import type { Mapping } from './Mapping.ts'
import type { Resource } from './Resource.ts'
import { type Sdk, sdk } from './Sdk.ts'
import type { Tags } from './Tags.ts'

// model

export interface EventBase {
  readonly platform: string
  readonly environment?: string
  readonly release?: string
  readonly server_name?: string
  readonly tags: Tags
  readonly sdk: Sdk
  /** The attributes of the resource that are shown, for `contexts.otel`. */
  readonly resource: JsonObject
  /** Bytes of all this as JSON. */
  readonly bytes: number
  /** What it was made of: that decides where its events go. */
  readonly from: Resource
}

/** The fields of an event that come from its base, as they stand in the event. */
export type EventFields = Omit<EventBase, 'resource' | 'bytes' | 'from'>

// constructors

export const of =
  (mapping: Mapping) =>
  (resource: Resource): EventBase => {
    const environment = mapping.environment(resource)
    const release = mapping.release(resource)
    const serverName = mapping.serverName(resource)
    const base = {
      platform: mapping.platform(resource),
      ...(environment === undefined ? {} : { environment }),
      ...(release === undefined ? {} : { release }),
      ...(serverName === undefined ? {} : { server_name: serverName }),
      tags: mapping.tags(resource),
      sdk,
      resource: mapping.resourceContext(resource),
    }
    return { ...base, bytes: byteLength(JSON.stringify(base)), from: resource }
  }

// destructors

export const fields = ({
  resource: _resource,
  bytes: _bytes,
  from: _from,
  ...rest
}: EventBase): EventFields => rest
