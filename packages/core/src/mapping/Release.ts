/**
 * The release of an event: `shop@1.4.2`. The server refuses one that is longer than 200 bytes, contains a slash, a tab or
 * a line break, or is `latest`, `.` or `..` (`sentry-release-parser`, used by getsentry/relay).
 *
 * @example
 * ```ts
 * import { Release, Resource } from '@sentry-exporter/core'
 *
 * const shop = Resource.of({ 'service.name': 'shop', 'service.version': '1.4.2' })
 * console.log(Release.of(shop)) // shop@1.4.2
 * console.log(Release.fromTemplate('{service.name}-{build}')(shop)) // undefined
 * console.log(Release.repair('web/shop@1')) // web-shop@1
 * ```
 */

import { cutBytes } from '../internal/text/cutBytes.ts'
import * as Attributes from '../model/Attributes.ts'
import type { Resource } from '../model/Resource.ts'
import { bytes } from '../model/ServerLimits.ts'

// constructors

const EXPLICIT = ['sentry.release']

const NAMES: ReadonlySet<string> = new Set(['', '.', '..', 'latest'])

// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are replaced
const REFUSED = /[\u0000-\u001f\u007f\u0085\u2028\u2029/\\]/g

/** A release that the server accepts: refused characters become `-`. `undefined` if nothing is left. */
export const repair = (text: string): string | undefined => {
  const repaired = cutBytes(text.trim().replace(REFUSED, '-'), bytes.release).trim()
  return NAMES.has(repaired.toLowerCase()) ? undefined : repaired
}

/**
 * The release from a template: `{service.name}@{service.version}`. Each pair of braces names an attribute of the resource;
 * without that attribute, or with a blank one, there is no release. The attribute `sentry.release` takes precedence over the template.
 */
export const fromTemplate = (template: string): ((resource: Resource) => string | undefined) => {
  const parts = template.split(/\{([^{}]*)\}/)
  return ({ attributes }) => {
    const explicit = Attributes.firstText(attributes, EXPLICIT)
    if (explicit !== undefined && explicit.trim() !== '') return explicit
    let text = ''
    for (const [index, part] of parts.entries()) {
      const value = index % 2 === 0 ? part : partOf(attributes[part])
      if (value === undefined) return undefined
      text += value
    }
    return text
  }
}

/** The text of an attribute, trimmed; a blank one is absent. */
const partOf = (value: Attributes.AttributeValue | undefined): string | undefined => {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value).trim()
  return text === '' ? undefined : text
}

const joined = fromTemplate('{service.name}@{service.version}')

const versioned = fromTemplate('{service.version}')

/** `sentry.release`, else `{service.name}@{service.version}`, else the version alone; `undefined` without a version. */
export const of = (resource: Resource): string | undefined =>
  joined(resource) ?? versioned(resource)
