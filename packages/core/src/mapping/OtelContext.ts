/**
 * What an event tells of the process it came from: `contexts.otel.resource`. An allow-list: command lines, owners
 * and addresses of a process are nobody's business. Source: `relay-event-schema/src/protocol/contexts/otel.rs` of
 * getsentry/relay.
 */
import * as Json from '../model/Json.ts'
import type { Resource } from '../model/Resource.ts'

// guards

/** Whether an attribute of a resource is shown. */
export const isAllowed = (key: string): boolean => ALLOWED_PREFIX.test(key) && !DENIED.test(key)

// destructors

/** The attributes of a resource that are shown, as JSON. */
export const of = (resource: Resource): Json.JsonObject => {
  const shown: Record<string, Json.Json> = {}
  for (const [key, value] of Object.entries(resource.attributes)) {
    if (isAllowed(key)) Json.set(shown, key, Json.fromAttribute(value))
  }
  return shown
}

const ALLOWED_PREFIX =
  /^(service|telemetry|deployment|k8s|cloud|container|host|os|device|app|faas|browser|webengine|process\.runtime|process\.executable|process\.pid)(\.|$)/

const DENIED = /^(host\.(ip|mac)|process\.executable\.path|container\.command.*)$/
