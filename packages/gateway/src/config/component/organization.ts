/**
 * The address of the Collector's exporter from 0.145 on: an organization of Sentry, whose projects are looked up. Source:
 * `exporter/sentryexporter` of open-telemetry/opentelemetry-collector-contrib.
 */
import * as Secret from '@sentry-exporter/envelope/Secret'
import * as ConfigProblem from '../ConfigProblem.ts'
import { type Codec, checked, mapWith, withDefault } from '../codec/Codec.ts'
import { record, struct } from '../codec/collections.ts'
import { boolean, filled, leaf, matching, textOf } from '../codec/scalars.ts'

// model

export interface Organization {
  readonly url: string
  readonly orgSlug: string
  readonly authToken: Secret.Secret
  readonly autoCreateProjects: boolean
  /** The attribute of the resource that names the project. */
  readonly projectFromAttribute: string
  /** Slugs of projects by values of that attribute. */
  readonly projects: ReadonlyArray<readonly [string, string]>
}

export interface OrganizationFields {
  readonly url: string
  readonly org_slug: string
  readonly auth_token: string
  readonly auto_create_projects: boolean
  readonly routing: Pick<Organization, 'projectFromAttribute' | 'projects'>
}

// decoding

/** Sentry's rule for slugs; digits alone would be an id. */
const SLUG = /^(?!\d+$)[a-z0-9_-]{1,50}$/

const SLUG_SHAPE = 'a slug: 1 to 50 of the characters a-z, 0-9, _ and -, and not only digits'

const slug: Codec<string> = matching(SLUG, SLUG_SHAPE)

/** Older organizations have upper-case letters. The API takes the id, too. */
const organizationSlug: Codec<string> = matching(
  /^[A-Za-z0-9_-]{1,64}$/,
  'the slug of the organization: letters, digits, _ and -',
)

const MAX_PROJECTS = 1_000

const url: Codec<string> = leaf({
  expected: 'the address of Sentry, as https://sentry.io',
  read: (node) => {
    const text = textOf(node)
    if (text === undefined || !URL.canParse(text)) return undefined
    const { protocol, username, password, search, hash } = new URL(text)
    const isPlain = `${username}${password}${search}${hash}` === ''
    return /^https?:$/.test(protocol) && isPlain ? text : undefined
  },
})

/** The characters that a header may have. */
const TOKEN = /^[\x21-\x7e]+$/

const projects = checked(record(slug), (pairs, at) => [
  ...(pairs.length > MAX_PROJECTS
    ? [
        ConfigProblem.error(at, {
          _tag: 'BadValue',
          expected: `at most ${MAX_PROJECTS} projects`,
          found: String(pairs.length),
        }),
      ]
    : []),
  ...(pairs.some(([value]) => value.trim() === '')
    ? [
        ConfigProblem.error(at, {
          _tag: 'BadValue',
          expected: 'values of the attribute as keys',
          found: 'a blank key',
        }),
      ]
    : []),
])

const routing: Codec<OrganizationFields['routing']> = mapWith(
  struct({
    project_from_attribute: withDefault(filled('the name of an attribute'), 'service.name'),
    attribute_to_project_mapping: projects,
  }),
  (fields) => ({
    projectFromAttribute: fields.project_from_attribute,
    projects: fields.attribute_to_project_mapping,
  }),
)

export const organizationFields: {
  readonly [K in keyof OrganizationFields]: Codec<OrganizationFields[K]>
} = {
  url,
  org_slug: organizationSlug,
  auth_token: leaf({
    expected: 'a token of Sentry with the scope project:read, without spaces and line breaks',
    isSecret: true,
    read: (node) => {
      const text = textOf(node)
      return text !== undefined && TOKEN.test(text) ? text : undefined
    },
  }),
  auto_create_projects: withDefault(boolean, false),
  routing,
}

export const toOrganization = (fields: OrganizationFields): Organization => ({
  url: fields.url,
  orgSlug: fields.org_slug,
  authToken: Secret.of(fields.auth_token),
  autoCreateProjects: fields.auto_create_projects,
  ...fields.routing,
})
