/**
 * The attributes of the resource in `contexts.otel.resource`. An allow-list excludes command lines, owners and addresses of
 * a process. Source: `relay-event-schema/src/protocol/contexts/otel.rs` of
 * getsentry/relay.
 */
import * as Json from '../model/Json.ts'
import type { Resource } from '../model/Resource.ts'

// guards

const ALLOWED_PREFIX =
  /^(service|telemetry|deployment|k8s|cloud|container|host|os|device|app|faas|browser|webengine|process\.runtime|process\.executable|process\.pid)(\.|$)/

const DENIED = /^(host\.(ip|mac)|process\.executable\.path|container\.command.*)$/

/** Whether an attribute of a resource is sent. */
const isAllowed = (key: string): boolean => ALLOWED_PREFIX.test(key) && !DENIED.test(key)

// constructors

/** The attributes that are sent, as JSON. */
export const of = (resource: Resource): Json.JsonObject => {
  const context: Record<string, Json.Json> = {}
  for (const [key, value] of Object.entries(resource.attributes)) {
    if (isAllowed(key)) Json.set(context, key, Json.fromAttribute(value))
  }
  return context
}
