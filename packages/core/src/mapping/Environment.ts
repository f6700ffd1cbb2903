/**
 * The environment of an event. The server refuses one that is longer than 64 characters, holds a slash, blank space
 * or a line break, or is `none` (`relay-event-schema/src/protocol/event.rs` of getsentry/relay).
 */
import * as Attributes from '../model/Attributes.ts'
import type { Resource } from '../model/Resource.ts'

// constructors

/** What the server takes of a text: refused characters become `-`. `undefined` where nothing is left. */
export const repair = (text: string): string | undefined => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
  const mended = text.replace(/[\s/\\\u0000-\u001f\u007f]/g, '-').slice(0, MAX_CHARACTERS)
  return mended === '' || mended.toLowerCase() === 'none' ? undefined : mended
}

// destructors

/** From `sentry.environment`, `deployment.environment.name`, or its older name without the suffix. */
export const of = (resource: Resource): string | undefined =>
  Attributes.firstText(resource.attributes, KEYS)

const KEYS = ['sentry.environment', 'deployment.environment.name', 'deployment.environment']

const MAX_CHARACTERS = 64
