/**
 * The project of a segment, chosen by the resource of its entry: a whole segment, with its errors, goes to one project. The first
 * route whose attributes all match wins; a segment without a route goes to the main DSN.
 *
 * @example
 * ```ts
 * import { Routing } from '@sentry-exporter/exporter'
 *
 * const { problems } = Routing.decode([{ match: {}, dsn: 'https://key@host/1' }], 'routes')
 * console.log(problems.length) // 1
 * ```
 */
import type { Resource } from '@sentry-exporter/core/Resource'
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import { where } from '@sentry-exporter/transport/ConfigOption'
import * as E from '#fp-ts/Either'
import * as G from '#io-ts/Guard'
import type * as ConfigError from './ConfigError.ts'

// model

export type Scalar = string | number | boolean

export interface Route {
  /** Attributes of the resource. All of them must have these values. */
  readonly match: ReadonlyArray<readonly [string, Scalar]>
  readonly dsn: Dsn.Dsn
}

/** A route as users write it. */
export interface RouteInput {
  readonly match: Readonly<Record<string, Scalar>>
  readonly dsn: string
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
    if (!routeInput.is(value)) {
      problems.push({ _tag: 'BadValue', key: at, expected: SHAPE })
      return []
    }
    const dsn = Dsn.parse(value.dsn)
    if (E.isLeft(dsn)) {
      problems.push({ _tag: 'BadDsn', key: `${at}.dsn`, error: dsn.left })
      return []
    }
    return [{ match: Object.entries(value.match), dsn: dsn.right }]
  })
  return { routes, problems }
}

const SHAPE =
  '{ match, dsn } and nothing else, where match holds at least one attribute of a resource with a string, number or boolean'

const scalar: G.Guard<unknown, Scalar> = G.union(G.string, G.number, G.boolean)

/** A route that matches everything would hide the main DSN: it is refused as a mistake. */
const routeInput: G.Guard<unknown, RouteInput> = where(
  G.struct({ match: G.record(scalar), dsn: G.string }),
  (route) =>
    Object.keys(route.match).length > 0 &&
    Object.keys(route).every((name) => name === 'match' || name === 'dsn'),
)

// folds

/** The DSN of a segment whose entry has this resource; `undefined` for the main DSN. */
export const dsnFor =
  (routes: ReadonlyArray<Route>) =>
  ({ attributes }: Resource): Dsn.Dsn | undefined =>
    routes.find(({ match }) => match.every(([name, value]) => attributes[name] === value))?.dsn

/** All DSNs, the main one first. */
export const dsnsOf = (main: Dsn.Dsn, routes: ReadonlyArray<Route>): ReadonlyArray<Dsn.Dsn> => [
  main,
  ...routes.map(({ dsn }) => dsn),
]

/**
 * The DSN whose key is in the trace header, which must be the same on all envelopes of a trace: the main DSN for all projects of
 * its server. Another server does not know that key, and gets its own.
 */
export const headOf = (main: Dsn.Dsn, dsn: Dsn.Dsn): Dsn.Dsn =>
  Dsn.hostOf(main) === Dsn.hostOf(dsn) && main.path === dsn.path ? main : dsn
