/**
 * The project of a segment, chosen by the resource of its entry: a whole segment, with its errors, goes to one project. The first
 * route whose attributes all match wins; a segment without a route goes to the default project, or is dropped.
 *
 * @example
 * ```ts
 * import { Resource } from '@sentry-exporter/core'
 * import { Routing } from '@sentry-exporter/exporter'
 *
 * const { routes } = Routing.decode([{ match: { 'service.name': 'shop-*' }, dsn: 'https://key@host/1' }], 'routes')
 * const destinationOf = Routing.destinationOf({ routes, unmatched: 'drop' })
 * console.log(destinationOf(Resource.of({ 'service.name': 'shop-eu' }))._tag) // Dsn
 * console.log(destinationOf(Resource.of({ 'service.name': 'billing' }))._tag) // Drop
 * ```
 */
import type { Resource } from '@sentry-exporter/core/Resource'
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import { boolean, named, read, string, where } from '@sentry-exporter/transport/ConfigOption'
import * as E from '#fp-ts/Either'
import * as G from '#io-ts/Guard'
import type * as ConfigError from './ConfigError.ts'
import * as MappingConfig from './MappingConfig.ts'
import type { ProjectLookup } from './ProjectLookup.ts'
import * as ProjectSlug from './ProjectSlug.ts'
import * as Wildcard from './Wildcard.ts'

// model

export type Scalar = string | number | boolean

/** Where a segment goes. */
export type Destination =
  /** The project of the exporter's own DSN. */
  | { readonly _tag: 'Default' }
  | { readonly _tag: 'Dsn'; readonly dsn: Dsn.Dsn }
  /** A project that is known by its slug. */
  | { readonly _tag: 'Project'; readonly project: ProjectSlug.NamedProject }
  /** It is left out and counted. */
  | { readonly _tag: 'Drop' }

export interface Route {
  /** Attributes of the resource. All of them must have these values. */
  readonly match: ReadonlyArray<readonly [string, Scalar | Wildcard.Wildcard]>
  /** `undefined`: where it would go without this route. */
  readonly to: Destination | undefined
  /** Takes the place of the exporter's own options, from the moment at which a span arrives. */
  readonly mapping: MappingConfig.EventOptions
}

/** A route as users write it. */
export interface RouteInput extends MappingConfig.EventOptions {
  /** An asterisk in a text matches any characters; `\*` is an asterisk itself. */
  readonly match: Readonly<Record<string, Scalar>>
  readonly dsn?: string | undefined
  /** The slug of a project of the organization, for exporters that look projects up. */
  readonly project?: string | undefined
  /** Leaves these segments out, and counts them. */
  readonly drop?: boolean | undefined
}

/** The part of a configuration that decides about destinations. */
export interface RoutingConfig extends Pick<RoutingRules, 'routes' | 'unmatched'> {
  readonly dsn: Dsn.Dsn | undefined
  readonly environment: string | undefined
  readonly projects?: Pick<ProjectLookup, 'projectOf'> | undefined
}

export interface RoutingRules {
  readonly routes: ReadonlyArray<Route>
  /** Where segments go that neither a route nor the name of a project sends anywhere. */
  readonly unmatched: 'default' | 'drop'
  /** The project that a resource names, where projects are looked up. */
  readonly projectOf?: ((resource: Resource) => ProjectSlug.NamedProject | undefined) | undefined
}

// decoding

/** Reads a list of routes. The key of a problem is its place: `routes[1].dsn`. */
export const decode = (
  input: ReadonlyArray<unknown>,
  key: string,
): {
  readonly routes: ReadonlyArray<Route>
  readonly problems: ReadonlyArray<ConfigError.Problem>
} => {
  const problems: Array<ConfigError.Problem> = []
  const routes = input.flatMap((value, index) => {
    const at = `${key}[${index}]`
    if (!G.UnknownRecord.is(value)) {
      problems.push({ _tag: 'BadValue', key: at, expected: SHAPE })
      return []
    }
    const found = decodeOne(value, at)
    problems.push(...found.problems)
    return found.route === undefined ? [] : [found.route]
  })
  return { routes, problems }
}

const SHAPE =
  '{ match } with at least one attribute of a resource, and one of dsn, project and drop, or options of the mapping'

const decodeOne = (
  input: Readonly<Record<string, unknown>>,
  at: string,
): { readonly route: Route | undefined; readonly problems: ReadonlyArray<ConfigError.Problem> } => {
  const { get, problems } = read(input, KEYS)
  const match = get(OPTIONS.match)
  const target = {
    dsn: get(OPTIONS.dsn),
    project: get(OPTIONS.project),
    drop: get(OPTIONS.drop) === true || undefined,
  }
  const mapping = MappingConfig.decodeEventOptions(get)
  const inside = problems.map((problem) =>
    'key' in problem ? { ...problem, key: `${at}.${problem.key}` } : problem,
  )
  if (inside.length > 0) return { route: undefined, problems: inside }
  const targets = Object.values(target).filter((one) => one !== undefined)
  const isEmpty = targets.length + Object.keys(mapping).length === 0
  if (match === undefined || targets.length > 1 || isEmpty) {
    return { route: undefined, problems: [{ _tag: 'BadValue', key: at, expected: SHAPE }] }
  }
  const to = destinationFrom(target)
  if (E.isLeft(to)) {
    return {
      route: undefined,
      problems: [{ _tag: 'BadDsn', key: `${at}.${OPTIONS.dsn.key}`, error: to.left }],
    }
  }
  const patterns = Object.entries(match).map(
    ([name, value]) => [name, typeof value === 'string' ? Wildcard.parse(value) : value] as const,
  )
  return { route: { match: patterns, to: to.right, mapping }, problems: [] }
}

const destinationFrom = ({ dsn, project, drop }: Pick<RouteInput, 'dsn' | 'project' | 'drop'>) => {
  if (dsn !== undefined)
    return E.map((parsed: Dsn.Dsn): Destination => ({ _tag: 'Dsn', dsn: parsed }))(Dsn.parse(dsn))
  if (project !== undefined)
    return E.right<never, Destination>({
      _tag: 'Project',
      project: { slug: project, name: project },
    })
  return E.right<never, Destination | undefined>(drop ? { _tag: 'Drop' } : undefined)
}

const scalar: G.Guard<unknown, Scalar> = G.union(G.string, G.number, G.boolean)

const OPTIONS = named({
  match: {
    // A route that matches everything would hide the default.
    guard: where(G.record(scalar), (match) => Object.keys(match).length > 0),
    expected: 'at least one attribute of a resource with a string, number or boolean',
  },
  dsn: string,
  project: {
    guard: where(G.string, ProjectSlug.is),
    expected: 'a slug: 1 to 50 of the characters a-z, 0-9, _ and -, and not only digits',
  },
  drop: boolean,
})

const KEYS: ReadonlyArray<string> = [...Object.keys(OPTIONS), ...MappingConfig.EVENT_KEYS]

// constructors

/** Without a default project, segments that would go there are dropped. */
export const rulesOf = ({ dsn, routes, unmatched, projects }: RoutingConfig): RoutingRules => ({
  routes,
  unmatched: dsn === undefined ? 'drop' : unmatched,
  projectOf: projects?.projectOf,
})

// guards

/** Whether all events have the environment of the configuration. */
export const isForced = ({ environment, routes }: RoutingConfig): boolean =>
  routes.every(({ mapping }) => (mapping.environment ?? environment) === environment)

// folds

export const DEFAULT: Destination = { _tag: 'Default' }

const DROP: Destination = { _tag: 'Drop' }

/** Where a segment goes whose entry has this resource. */
export const destinationOf = ({
  routes,
  unmatched,
  projectOf = () => undefined,
}: RoutingRules): ((resource: Resource) => Destination) => {
  const find = routeOf(routes)
  const fallback = unmatched === 'drop' ? DROP : DEFAULT
  return (resource) => {
    const to = routes.length === 0 ? undefined : find(resource)?.to
    if (to !== undefined) return to
    const project = projectOf(resource)
    return project === undefined ? fallback : { _tag: 'Project', project }
  }
}

/** The first route that matches a resource. */
export const routeOf =
  (routes: ReadonlyArray<Route>) =>
  ({ attributes }: Resource): Route | undefined =>
    routes.find(({ match }) => match.every(([name, pattern]) => isMatch(pattern, attributes[name])))

const isMatch = (pattern: Scalar | Wildcard.Wildcard, value: unknown): boolean =>
  typeof pattern === 'object'
    ? scalar.is(value) && Wildcard.matches(pattern, String(value))
    : pattern === value

/** The mapping of the spans of a resource, for those whose route has options of its own; `undefined` if no route has. */
export const mappingFor = <A>(
  routes: ReadonlyArray<Route>,
  mappingOf: (own: MappingConfig.EventOptions) => A,
): ((resource: Resource) => A | undefined) | undefined => {
  const mappings = new Map(
    routes
      .filter(({ mapping }) => Object.keys(mapping).length > 0)
      .map((route) => [route, mappingOf(route.mapping)]),
  )
  if (mappings.size === 0) return undefined
  const find = routeOf(routes)
  return (resource) => {
    const route = find(resource)
    return route && mappings.get(route)
  }
}
