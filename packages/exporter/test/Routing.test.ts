import * as Resource from '@sentry-exporter/core/Resource'
import * as ConfigError from '@sentry-exporter/transport/ConfigError'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/Routing.ts'

const routesOf = (...input: ReadonlyArray<unknown>): ReadonlyArray<_.Route> => {
  const { routes, problems } = _.decode(input, 'routes')
  if (problems.length > 0) throw new Error(ConfigError.show(ConfigError.of(problems)))
  return routes
}

const problemsOf = (input: unknown): string =>
  ConfigError.show(ConfigError.of(_.decode([input], 'routes').problems))

const decode = suite('Routing.decode')

decode('reads destinations and options of events, in both spellings', () => {
  const [dsn, drop, project, options] = routesOf(
    { match: { a: 1 }, dsn: 'https://key@host/2', environment: 'eu' },
    { match: { a: true }, drop: true },
    { match: { a: 'x' }, project: 'shop' },
    { match: { a: 'y' }, mapping: 'collector', default_environment: 'eu', status4xx: 'ok' },
  )
  assert.is(dsn?.to?._tag === 'Dsn' && dsn.to.dsn.projectId, '2')
  assert.equal(dsn?.mapping, { environment: 'eu' })
  assert.equal(drop?.to, { _tag: 'Drop' })
  assert.equal(project?.to, { _tag: 'Project', project: { slug: 'shop', name: 'shop' } })
  assert.is(options?.to, undefined)
  assert.equal(options?.mapping, {
    mapping: 'collector',
    defaultEnvironment: 'eu',
    status4xx: 'ok',
  })
})

const SHAPE =
  '{ match } with at least one attribute of a resource, and one of dsn, project and drop, or options of the mapping'

for (const [input, message] of [
  ['billing', `routes[0]: expected ${SHAPE}`],
  [{ match: { a: 1 } }, `routes[0]: expected ${SHAPE}`],
  [{ dsn: 'https://key@host/1' }, `routes[0]: expected ${SHAPE}`],
  [{ match: { a: 1 }, dsn: 'https://key@host/1', drop: true }, `routes[0]: expected ${SHAPE}`],
  [
    { match: {}, drop: true },
    'routes[0].match: expected at least one attribute of a resource with a string, number or boolean, got an object',
  ],
  [{ match: { a: 1 }, dns: 'https://hush@host/1' }, 'routes[0].dns: unknown, did you mean dsn?'],
  [
    { match: { a: 1 }, project: 'Shop' },
    'routes[0].project: expected a slug: 1 to 50 of the characters a-z, 0-9, _ and -, and not only digits',
  ],
  [{ match: { a: 1 }, mapping: 'otel' }, 'routes[0].mapping: expected "sentry" or "collector"'],
] as const) {
  decode(`refuses ${JSON.stringify(input)}`, () => {
    assert.is(problemsOf(input), message)
  })
}

decode.run()

const destinationOf = suite('Routing.destinationOf')

const routes = routesOf(
  { match: { 'service.name': 'billing', live: true }, dsn: 'https://a@host/1' },
  { match: { 'service.name': 'bill*' }, dsn: 'https://b@host/2' },
  { match: { 'service.name': 'noise-\\*', shard: 2 }, drop: true },
  { match: { tenant: '*' }, dsn: 'https://c@host/3' },
)

const placeOf =
  (rules: Partial<_.RoutingRules>) =>
  (attributes: Resource.Resource['attributes']): string => {
    const to = _.destinationOf({ routes, unmatched: 'default', ...rules })(Resource.of(attributes))
    switch (to._tag) {
      case 'Dsn':
        return to.dsn.projectId
      case 'Project':
        return to.project.slug
      default:
        return to._tag
    }
  }

destinationOf('is that of the first route whose attributes all match', () => {
  const of = placeOf({})
  assert.is(of({ 'service.name': 'billing', live: true }), '1')
  assert.is(of({ 'service.name': 'billing', live: 'true' }), '2')
  assert.is(of({ 'service.name': 'bill' }), '2')
  assert.is(of({ 'service.name': 'noise-*', shard: 2 }), 'Drop')
  assert.is(of({ 'service.name': 'noise-1', shard: 2 }), 'Default')
  assert.is(of({ tenant: 7 }), '3')
  assert.is(of({ 'service.name': 'shop' }), 'Default')
})

destinationOf('is nowhere without a route, if that is dropped', () => {
  const of = placeOf({ unmatched: 'drop' })
  assert.is(of({ 'service.name': 'shop' }), 'Drop')
  assert.is(of({ 'service.name': 'bill' }), '2')
})

destinationOf('is the project that the resource names, after the routes', () => {
  const projectOf: _.RoutingRules['projectOf'] = ({ attributes }) =>
    attributes['project'] === undefined ? undefined : { slug: 'named', name: 'Named' }
  const of = placeOf({ projectOf, unmatched: 'drop' })
  assert.is(of({ project: 'x' }), 'named')
  assert.is(of({ project: 'x', 'service.name': 'bill' }), '2')
  assert.is(of({}), 'Drop')
})

destinationOf.run()

const mappingFor = suite('Routing.mappingFor')

mappingFor('gives the options of the first route that matches', () => {
  const options = routesOf(
    { match: { a: 1 }, environment: 'eu' },
    { match: { b: '*' }, dsn: 'https://a@host/1' },
    { match: { b: 'x' }, environment: 'us' },
  )
  const of = _.mappingFor(options, ({ environment }) => environment)
  assert.is(of?.(Resource.of({ a: 1, b: 'x' })), 'eu')
  assert.is(of?.(Resource.of({ b: 'x' })), undefined)
  assert.is(of?.(Resource.of({})), undefined)
  assert.is(
    _.mappingFor(routes, () => 1),
    undefined,
  )
})

mappingFor.run()

const isForced = suite('Routing.isForced')

isForced('is true unless a route has another environment', () => {
  const of = (environment: string | undefined, own: string): boolean =>
    _.isForced({
      dsn: undefined,
      unmatched: 'drop',
      environment,
      routes: routesOf({ match: { a: 1 }, environment: own }),
    })
  assert.equal([of('eu', 'eu'), of('eu', 'us'), of(undefined, 'us')], [true, false, false])
})

isForced.run()
