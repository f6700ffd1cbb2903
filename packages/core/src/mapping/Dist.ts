/**
 * The distribution of a release: a build of it. The server accepts at most 64 letters, digits, dots, dashes and underscores
 * (`relay-event-schema/src/protocol/event.rs` of getsentry/relay).
 */
import * as Attributes from '../model/Attributes.ts'
import type { Resource } from '../model/Resource.ts'

// constructors

const KEYS = ['sentry.dist']

const MAX_CHARACTERS = 64

/** A distribution that the server accepts: refused characters become `-`. `undefined` if nothing is left. */
export const repair = (text: string): string | undefined => {
  const repaired = text
    .trim()
    .replace(/[^a-zA-Z0-9_.-]/g, '-')
    .slice(0, MAX_CHARACTERS)
  return repaired === '' ? undefined : repaired
}

/** `sentry.dist`: OpenTelemetry's conventions have no attribute for it. */
export const of = (resource: Resource): string | undefined =>
  Attributes.firstText(resource.attributes, KEYS)
