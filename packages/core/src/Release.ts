/**
 * The release of an event: `shop@1.4.2`. The server refuses one that is longer than 200 characters or holds a slash,
 * a tab or a line break (`sentry-release-parser`, used by getsentry/relay).
 */
import * as Attributes from './Attributes.ts'
import type { Resource } from './Resource.ts'

// constructors

/** What the server takes of a text: refused characters become `-`. `undefined` where nothing is left. */
export const mend = (text: string): string | undefined => {
  const mended = text
    .replace(/[\r\n\t\f\v/\\]/g, '-')
    .trim()
    .slice(0, MOST_CHARACTERS)
  return mended === '' || mended === '.' || mended === '..' ? undefined : mended
}

// destructors

/** `sentry.release`, else `{service.name}@{service.version}`; nothing without a version. */
export const of = (resource: Resource): string | undefined => {
  const explicit = Attributes.firstText(resource.attributes, ['sentry.release'])
  if (explicit !== undefined) return mend(explicit)
  const version = Attributes.firstText(resource.attributes, ['service.version'])
  if (version === undefined) return undefined
  const { name } = resource.service
  return mend(name === undefined ? version : `${name}@${version}`)
}

const MOST_CHARACTERS = 200
