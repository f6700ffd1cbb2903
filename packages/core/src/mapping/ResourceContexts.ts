/**
 * The process of an event, in Sentry's contexts. Source:
 * `relay-event-schema/src/protocol/contexts` of getsentry/relay.
 */
import type * as Json from '../model/Json.ts'
import type { Resource } from '../model/Resource.ts'
import * as OtelContext from './OtelContext.ts'

// model

export interface ResourceContexts {
  readonly app?: Json.JsonObject
  readonly cloud_resource?: Json.JsonObject
  readonly device?: Json.JsonObject
  readonly os?: Json.JsonObject
  readonly otel?: { readonly resource: Json.JsonObject }
  readonly runtime?: Json.JsonObject
}

// constructors

type Fields = ReadonlyArray<readonly [field: string, keys: ReadonlyArray<string>]>

const sameNames = (keys: ReadonlyArray<string>): Fields => keys.map((key) => [key, [key]])

const TABLE: ReadonlyArray<readonly [keyof ResourceContexts, Fields]> = [
  [
    'app',
    [
      ['app_name', ['service.name']],
      ['app_version', ['service.version']],
      ['app_build', ['app.build_id']],
    ],
  ],
  [
    'cloud_resource',
    sameNames([
      'cloud.account.id',
      'cloud.availability_zone',
      'cloud.platform',
      'cloud.provider',
      'cloud.region',
      'host.id',
      'host.type',
    ]),
  ],
  [
    'device',
    [
      ['arch', ['host.arch']],
      ['manufacturer', ['device.manufacturer']],
      ['model', ['device.model.name', 'device.model.identifier']],
      ['model_id', ['device.model.identifier']],
    ],
  ],
  [
    'os',
    [
      ['name', ['os.name', 'os.type']],
      ['version', ['os.version']],
      ['build', ['os.build_id']],
      ['raw_description', ['os.description']],
    ],
  ],
  [
    'runtime',
    [
      ['name', ['process.runtime.name']],
      ['version', ['process.runtime.version']],
      ['raw_description', ['process.runtime.description']],
    ],
  ],
]

/** Empty contexts are left out, and the resource of a cloud where only a host is known, which is in no cloud. */
export const of = (resource: Resource): ResourceContexts => {
  const contexts: Record<string, Json.JsonObject> = {}
  for (const [name, fields] of TABLE) {
    const context: Record<string, string> = {}
    for (const [field, keys] of fields) {
      for (const key of keys) {
        const value = resource.attributes[key]
        if (context[field] !== undefined || value === undefined || value === '') continue
        // The fields of Sentry's contexts are texts, of whatever type the attribute is.
        if (typeof value !== 'object') context[field] = String(value)
      }
    }
    const isEmpty =
      name === 'cloud_resource'
        ? !Object.keys(context).some((field) => field.startsWith('cloud.'))
        : Object.keys(context).length === 0
    if (!isEmpty) contexts[name] = context
  }
  const otel = OtelContext.of(resource)
  if (Object.keys(otel).length > 0) contexts['otel'] = { resource: otel }
  return contexts
}
