/**
 * The distribution of a release: a build of it. The server takes 64 letters, digits, dots, dashes and underscores
 * (`relay-event-schema/src/protocol/event.rs` of getsentry/relay).
 */
import * as Attributes from '../model/Attributes.ts'
import type { Resource } from '../model/Resource.ts'

// constructors

/** What the server takes of a text: refused characters become `-`. `undefined` where nothing is left. */
export const repair = (text: string): string | undefined => {
  const mended = text
    .trim()
    .replace(/[^a-zA-Z0-9_.-]/g, '-')
    .slice(0, MAX_CHARACTERS)
  return mended === '' ? undefined : mended
}

// destructors

/** `sentry.dist`: OpenTelemetry has no word for it. */
export const of = (resource: Resource): string | undefined =>
  Attributes.firstText(resource.attributes, ['sentry.dist'])

const MAX_CHARACTERS = 64
