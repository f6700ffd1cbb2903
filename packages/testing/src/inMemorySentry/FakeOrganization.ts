/**
 * The projects of an organization of Sentry, and the calls of its API that find and create them.
 *
 * Sources: docs.sentry.io/api; `src/sentry/core/endpoints/team_projects.py` of getsentry/sentry.
 */

// model

export interface ApiRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly cursor: string | undefined
  readonly authorization: string | undefined
  readonly body: string
}

export interface ApiResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

export interface FakeProject {
  readonly slug: string
  readonly name: string
  readonly id: string
  /** The first one is the oldest. */
  readonly keys: ReadonlyArray<FakeKey>
}

interface FakeKey {
  readonly publicKey: string
  readonly isActive: boolean
}

export interface FakeOrganizationOptions {
  readonly orgSlug: string
  readonly token: string
  /** The slugs of its projects at the start. */
  readonly projects: ReadonlyArray<string>
  readonly teams: ReadonlyArray<string>
  /** Projects on a page of the list. */
  readonly pageSize: number
  /** The address of its server: `http://127.0.0.1:1234`. */
  readonly origin: () => string
}

export interface FakeOrganization {
  readonly projects: () => ReadonlyArray<FakeProject>
  readonly answer: (request: ApiRequest) => ApiResponse
  /** Replaces the key of a project: the former one is inactive. */
  readonly rotateKey: (slug: string) => void
  readonly removeProject: (slug: string) => void
  /** The project that takes envelopes with this key. */
  readonly projectFor: (id: string, publicKey: string) => FakeProject | undefined
}

// constructors

export const make = (options: FakeOrganizationOptions): FakeOrganization => {
  let made = 0
  const projects = new Map<string, FakeProject>()
  const nextKey = (): FakeKey => ({
    publicKey: (++made).toString(16).padStart(32, '0'),
    isActive: true,
  })
  const add = (slug: string, name: string): FakeProject => {
    const project = { slug, name, id: String(100 + projects.size), keys: [nextKey()] }
    projects.set(slug, project)
    return project
  }
  for (const slug of options.projects) add(slug, slug)
  const change = (slug: string, keysOf: (project: FakeProject) => FakeProject['keys']): void => {
    const project = projects.get(slug)
    if (project !== undefined) projects.set(slug, { ...project, keys: keysOf(project) })
  }
  return {
    projects: () => [...projects.values()],
    answer: (request) =>
      request.authorization === `Bearer ${options.token}`
        ? answerOf(options, projects, add, request)
        : detail(401, 'Invalid token'),
    rotateKey: (slug) =>
      change(slug, ({ keys }) => [...keys.map((key) => ({ ...key, isActive: false })), nextKey()]),
    removeProject: (slug) => void projects.delete(slug),
    projectFor: (id, publicKey) =>
      [...projects.values()].find(
        (project) =>
          project.id === id &&
          project.keys.some((key) => key.isActive && key.publicKey === publicKey),
      ),
  }
}

// encoding

const json = (status: number, value: unknown, headers?: ApiResponse['headers']): ApiResponse => ({
  status,
  body: JSON.stringify(value),
  ...(headers === undefined ? {} : { headers }),
})

const detail = (status: number, text: string): ApiResponse => json(status, { detail: text })

const NOT_FOUND = detail(404, 'The requested resource does not exist')

const answerOf = (
  options: FakeOrganizationOptions,
  projects: ReadonlyMap<string, FakeProject>,
  add: (slug: string, name: string) => FakeProject,
  request: ApiRequest,
): ApiResponse => {
  const { orgSlug, teams } = options
  const [api, version, kind, ...rest] = request.path.split('/').filter((part) => part !== '')
  if (api !== 'api' || version !== '0' || rest.length === 0) return NOT_FOUND
  const [organization, ...names] = rest.map(decodeURIComponent)
  if (organization !== orgSlug) return NOT_FOUND
  const place = `${request.method} ${kind} ${names.length === 2 ? `* ${names[1]}` : names[0]}`
  switch (place) {
    case 'GET organizations projects':
      return page(options, [...projects.values()], request.cursor)
    case 'GET organizations teams':
      return json(200, teams.map(teamOf))
    case 'GET projects * keys': {
      const project = projects.get(names[0] ?? '')
      return project === undefined
        ? NOT_FOUND
        : json(200, project.keys.map(keyOf(options, project)))
    }
    case 'POST teams * projects':
      return teams.includes(names[0] ?? '') ? create(options, projects, add, request) : NOT_FOUND
    default:
      return NOT_FOUND
  }
}

const teamOf = (slug: string) => ({ id: slug, slug, name: slug })

const summaryOf = ({ teams }: FakeOrganizationOptions, { slug, name, id }: FakeProject) => ({
  id,
  slug,
  name,
  platform: 'other',
  team: teams[0] === undefined ? null : teamOf(teams[0]),
  teams: teams.slice(0, 1).map(teamOf),
})

const keyOf =
  ({ origin }: FakeOrganizationOptions, { id }: FakeProject) =>
  ({ publicKey, isActive }: FakeKey) => ({
    id: publicKey,
    name: 'Default',
    public: publicKey,
    projectId: Number(id),
    isActive,
    dsn: { public: `${origin().replace('://', `://${publicKey}@`)}/${id}` },
  })

const page = (
  options: FakeOrganizationOptions,
  projects: ReadonlyArray<FakeProject>,
  cursor: string | undefined,
): ApiResponse => {
  const start = Number(/^0:(\d+):0$/.exec(cursor ?? '')?.[1] ?? 0)
  const end = start + options.pageSize
  const url = `${options.origin()}/api/0/organizations/${options.orgSlug}/projects/`
  const link = (rel: string, at: number, results: boolean): string =>
    `<${url}?&cursor=0:${at}:0>; rel="${rel}"; results="${results}"; cursor="0:${at}:0"`
  return json(
    200,
    projects.slice(start, end).map((project) => summaryOf(options, project)),
    {
      link: [
        link('previous', Math.max(0, start - options.pageSize), start > 0),
        link('next', end, end < projects.length),
      ].join(', '),
    },
  )
}

/** Some of the names that Sentry refuses. */
const RESERVED_NAMES: ReadonlySet<string> = new Set(['billing', 'settings', 'support', 'teams'])

const SLUG = /^(?![0-9]+$)[a-z0-9_-]{1,100}$/

const create = (
  options: FakeOrganizationOptions,
  projects: ReadonlyMap<string, FakeProject>,
  add: (slug: string, name: string) => FakeProject,
  { body }: ApiRequest,
): ApiResponse => {
  const { slug, name } = fieldsOf(body)
  if (typeof slug !== 'string' || !SLUG.test(slug)) {
    return json(400, { slug: ['Enter a valid slug.'] })
  }
  if (typeof name !== 'string' || name === '' || name.length > 50 || RESERVED_NAMES.has(name)) {
    return json(400, { name: ['The name is too long, or reserved.'] })
  }
  return projects.has(slug)
    ? detail(409, 'A project with this slug already exists.')
    : json(201, summaryOf(options, add(slug, name)))
}

const fieldsOf = (body: string): { readonly slug?: unknown; readonly name?: unknown } => {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
