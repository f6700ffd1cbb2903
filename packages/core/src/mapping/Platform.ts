/**
 * The platform of an event, by the language of the SDK that recorded it. Source: the list of valid platforms in
 * `relay-event-normalization/src/event.rs` of getsentry/relay; `telemetry.sdk.language` of OpenTelemetry.
 */
import * as Attributes from '../model/Attributes.ts'
import type { Resource } from '../model/Resource.ts'

// constructors

const PLATFORMS: ReadonlyMap<string, string> = new Map([
  ['cpp', 'native'],
  ['dotnet', 'csharp'],
  ['erlang', 'elixir'],
  ['go', 'go'],
  ['java', 'java'],
  ['kotlin', 'java'],
  ['nodejs', 'node'],
  ['php', 'php'],
  ['python', 'python'],
  ['ruby', 'ruby'],
  ['rust', 'native'],
  ['swift', 'cocoa'],
  ['webjs', 'javascript'],
])

/** `other` if the language is unknown, or not one of Sentry's platforms. */
export const of = (resource: Resource): string =>
  PLATFORMS.get(Attributes.text(resource.attributes, 'telemetry.sdk.language') ?? '') ?? 'other'
