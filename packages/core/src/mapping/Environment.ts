/**
 * The environment of an event. The server refuses one that is longer than 64 characters, contains a slash, blank
 * space or a line break, or is `none` (`relay-event-schema/src/protocol/event.rs` of getsentry/relay).
 *
 * @example
 * ```ts
 * import { Environment, Resource } from '@sentry-exporter/core'
 *
 * console.log(Environment.of(Resource.of({ 'deployment.environment.name': 'staging' }))) // staging
 * console.log(Environment.repair('eu/west 1'), Environment.repair('None')) // eu-west-1 undefined
 * ```
 */
import * as Attributes from '../model/Attributes.ts'
import type { Resource } from '../model/Resource.ts'

// constructors

const KEYS = ['sentry.environment', 'deployment.environment.name', 'deployment.environment']

const MAX_CHARACTERS = 64

/** An environment that the server accepts: refused characters become `-`. `undefined` if nothing is left. */
export const repair = (text: string): string | undefined => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are replaced
  const repaired = text.replace(/[\s/\\\u0000-\u001f\u007f]/g, '-').slice(0, MAX_CHARACTERS)
  return repaired === '' || repaired.toLowerCase() === 'none' ? undefined : repaired
}

/** From `sentry.environment`, `deployment.environment.name`, or its older name without the suffix. */
export const of = (resource: Resource): string | undefined =>
  Attributes.firstText(resource.attributes, KEYS)
