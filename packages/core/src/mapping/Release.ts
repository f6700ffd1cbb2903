/**
 * The release of an event: `shop@1.4.2`. The server refuses one that is longer than 200 characters or holds a slash,
 * a tab or a line break (`sentry-release-parser`, used by getsentry/relay).
 */
import * as Attributes from '../model/Attributes.ts'
import type { Resource } from '../model/Resource.ts'

// constructors

/** What the server takes of a text: refused characters become `-`. `undefined` where nothing is left. */
export const repair = (text: string): string | undefined => {
  const mended = text.trim().slice(0, MAX_CHARACTERS).replace(REFUSED, '-').trim()
  return mended === '' || mended === '.' || mended === '..' ? undefined : mended
}

/**
 * The release by a template: `{service.name}@{service.version}`. Each pair of braces stands for an attribute of the
 * resource; where one is missing there is no release. `sentry.release` wins over it.
 */
export const fromTemplate = (template: string): ((resource: Resource) => string | undefined) => {
  const parts = template.split(/\{([^{}]*)\}/)
  return ({ attributes }) => {
    const explicit = Attributes.firstText(attributes, ['sentry.release'])
    if (explicit !== undefined) return explicit
    let text = ''
    for (const [index, part] of parts.entries()) {
      const value = index % 2 === 0 ? part : attributes[part]
      if (typeof value !== 'string' && typeof value !== 'number') return undefined
      if (index % 2 === 1 && value === '') return undefined
      text += String(value)
    }
    return text
  }
}

// destructors

/** `sentry.release`, else `{service.name}@{service.version}`; nothing without a version. */
export const of = (resource: Resource): string | undefined =>
  joined(resource) ?? versioned(resource)

const joined = fromTemplate('{service.name}@{service.version}')

const versioned = fromTemplate('{service.version}')

const MAX_CHARACTERS = 200

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
const REFUSED = /[\u0000-\u001f\u007f/\\]/g
