/**
 * The slugs of Sentry's projects: from the value of an attribute, such as the name of a service, to a slug that Sentry accepts.
 *
 * Sources: `src/sentry/slug/patterns.py` and `RESERVED_PROJECT_SLUGS` in `src/sentry/constants.py` of getsentry/sentry;
 * `projectSlugRegexp` in `exporter/sentryexporter/config.go` of open-telemetry/opentelemetry-collector-contrib.
 *
 * Laws: a result is a slug; a slug stays as it is.
 *
 * @example
 * ```ts
 * import { ProjectSlug } from '@sentry-exporter/exporter'
 *
 * console.log(ProjectSlug.of('Orders Service'), ProjectSlug.of('../x'), ProjectSlug.of('42')) // orders-service x project-42
 * ```
 */
import type { Resource } from '@sentry-exporter/core/Resource'
import * as Wildcard from './Wildcard.ts'

// model

/** A project of the organization, which may not exist yet. */
export interface NamedProject {
  readonly slug: string
  /** The name that it gets if it is created. */
  readonly name: string
}

/** How the resource of a segment names its project. */
export interface ProjectNames {
  /** `service.name`. */
  readonly attribute: string
  /** Slugs by values of the attribute. Values may have wildcards; one without them is preferred. */
  readonly slugs: ReadonlyArray<readonly [string, string]>
}

const MAX_CHARACTERS = 50

/** A project cannot be created with one of these names; its slug may be one of them. */
const RESERVED_NAMES: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'api-keys',
  'audit-log',
  'auth',
  'billing',
  'developer-settings',
  'integrations',
  'legal',
  'members',
  'payments',
  'projects',
  'rate-limits',
  'repos',
  'settings',
  'subscription',
  'support',
  'teams',
  'usage',
])

// guards

/** 1 to 50 of the characters a-z, 0-9, _ and -, and not only digits, which would be an id. */
export const is = (text: string): boolean => /^(?!\d+$)[a-z0-9_-]{1,50}$/.test(text)

// transformations

/**
 * Letters lose their accents and become small; other characters become a hyphen. Digits alone get `project-` in front.
 * `undefined` if nothing is left, as of a text in another script.
 */
export const of = (text: string): string | undefined => {
  const slug = trimmed(
    text
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9_]+/g, '-'),
  )
  if (slug === '') return undefined
  return /^\d+$/.test(slug) ? trimmed(`project-${slug}`) : slug
}

const trimmed = (slug: string): string =>
  slug.replace(/^-+/, '').slice(0, MAX_CHARACTERS).replace(/-+$/, '')

// folds

/** The project that a resource names; `undefined` if it has no such attribute, or one of which no slug can be made. */
export const projectOf = ({
  attribute,
  slugs,
}: ProjectNames): ((resource: Resource) => NamedProject | undefined) => {
  const exact = new Map<string, string>()
  const wildcards: Array<{ readonly pattern: Wildcard.Wildcard; readonly slug: string }> = []
  for (const [value, slug] of slugs) {
    const pattern = Wildcard.parse(value)
    if (typeof pattern === 'string') exact.set(pattern, slug)
    else wildcards.push({ pattern, slug })
  }
  return ({ attributes }) => {
    const value = attributes[attribute]
    if (typeof value !== 'string' || value.trim() === '') return undefined
    const slug =
      exact.get(value) ??
      wildcards.find(({ pattern }) => Wildcard.matches(pattern, value))?.slug ??
      (is(value) ? value : of(value))
    return slug === undefined ? undefined : { slug, name: nameOf(value) }
  }
}

const nameOf = (value: string): string => {
  const name = [...value.trim()].slice(0, MAX_CHARACTERS).join('')
  return RESERVED_NAMES.has(name) ? `${name} (project)` : name
}
