import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bodyOf, until, withGateway } from './running.ts'

const organization = 'url: URL, org_slug: acme, auth_token: TOKEN'

const creating = `${organization}, auto_create_projects: true`

const PAGES = Array.from(
  { length: 7 },
  (_, index) => `project-of-page-${Math.floor(index / 3)}-${index}`,
)

const pasted = suite('a configuration of the Collector from 0.145 on')

/** The documented forms: the smallest one, that with routing, that with all options. */
const DOCUMENTED: ReadonlyArray<
  readonly [title: string, exporter: string, attribute: string, project: string]
> = [
  ['with three keys', organization, 'backend-api', 'backend-api'],
  [
    'with names of projects',
    `${creating}, routing: {project_from_attribute: service.name, attribute_to_project_mapping: {api-service: backend-api, web-service: frontend-web}}`,
    'api-service',
    'backend-api',
  ],
  [
    'with all options',
    `${creating}, timeout: 45s, http: {timeout: 20s, tls: {insecure: true}}, sending_queue: {enabled: true}, routing: {project_from_attribute: service.name, attribute_to_project_mapping: {production: backend-api}}`,
    'production',
    'backend-api',
  ],
]

for (const [title, exporter, service, project] of DOCUMENTED) {
  pasted(`${title} works`, () =>
    withGateway({ exporter, server: { projects: ['other', 'backend-api'] } }, async (running) => {
      assert.is(await running.send(service), 200)
      await until(() => running.arrived().length === 1)
      assert.equal(running.arrived(), [project])
    }),
  )
}

pasted('finds the projects of three pages', () =>
  withGateway({ server: { projects: PAGES, pageSize: 3 } }, async ({ send, arrived, server }) => {
    for (const project of [PAGES[6], PAGES[0], PAGES[4]]) await send(project)
    await until(() => arrived().length === 3)
    assert.equal([...arrived()].sort(), [PAGES[0], PAGES[4], PAGES[6]])
    await until(() => server.requests.filter((one) => one.includes('/organizations/')).length === 3)
  }),
)

pasted.run()

const creation = suite('creation of projects')

creation('makes one project for all that comes at once, and the first data arrives', () =>
  withGateway({ exporter: creating, server: { projects: ['other'] } }, async (running) => {
    const { send, arrived, server, lines } = running
    await Promise.all(Array.from({ length: 20 }, () => send('Orders Service')))
    await until(() => arrived().length === 20)
    assert.equal([...new Set(arrived())], ['orders-service'])
    assert.equal(
      server.projects().map(({ slug, name }) => [slug, name]),
      [
        ['other', 'other'],
        ['orders-service', 'Orders Service'],
      ],
    )
    assert.is(server.requests.filter((one) => one.startsWith('POST')).length, 1)
    assert.match(lines.join(''), 'a project was created')
  }),
)

creation('makes slugs valid, and pastes no value of an attribute into a path', () =>
  withGateway({ exporter: creating, server: { projects: ['other'] } }, async (running) => {
    const { send, arrived, server } = running
    for (const service of ['../x', 'a/b?c=d#e', '..%2Fy', 'billing']) await send(service)
    await until(() => arrived().length === 4)
    assert.equal([...arrived()].sort(), ['2fy', 'a-b-c-d-e', 'billing', 'x'])
    assert.not.match(server.requests.join('\n'), /\.\.|%2/)
  }),
)

creation('works in an organization without projects, by its first team', () =>
  withGateway({ exporter: creating, server: { teams: ['first', 'second'] } }, async (running) => {
    const { send, arrived, server } = running
    await send('shop')
    await until(() => arrived().length === 1)
    assert.ok(server.requests.includes('POST /api/0/teams/acme/first/projects/'))
    // The key of the only project is in the header, although no project was known when the envelope was made.
    assert.is(
      server.envelopes[0]?.envelope.header.trace?.public_key,
      server.projects()[0]?.keys[0]?.publicKey,
    )
  }),
)

creation('takes a conflict for a project that exists', () => {
  let asked = 0
  return withGateway(
    {
      exporter: creating,
      server: {
        projects: ['other', 'shop'],
        // Another replica creates the project between the two calls.
        intercept: ({ path }) =>
          path.endsWith('/shop/keys/') && asked++ === 0 ? { status: 404, body: '{}' } : undefined,
      },
    },
    async ({ send, arrived, server }) => {
      await send('shop')
      await until(() => arrived().length === 1)
      assert.equal([arrived(), server.projects().length], [['shop'], 2])
    },
  )
})

creation.run()

const missing = suite('a project that does not exist')

missing('is counted, and asked for once', () =>
  withGateway(
    { server: { projects: ['shop'] } },
    async ({ send, gateway, metrics, server, lines }) => {
      const outcomeOf = () => gateway.report().outcomes[0]?.outcome
      await send('unknown')
      await until(() => outcomeOf()?.dropped.unknown_project === 1)
      await send('unknown')
      await send(undefined)
      await until(
        () => outcomeOf()?.dropped.unknown_project === 2 && outcomeOf()?.rejected.unrouted === 1,
      )
      assert.is(server.requests.filter((one) => one.includes('/unknown/')).length, 1)
      assert.is(outcomeOf()?.spansIn, 3)
      assert.match(
        String(outcomeOf()?.problems),
        'unknown: there is no such project in the organization',
      )
      assert.match(await metrics(), 'sentry_exporter_projects{exporter="sentry",state="missing"} 1')
      assert.not.match(lines.join(''), server.token)
    },
  ),
)

missing('goes to the default project, where there is one', () =>
  withGateway(
    {
      exporter: `${organization}, dsn: DSN`,
      server: { projects: ['fallback', 'shop'] },
    },
    async ({ send, arrived, server }) => {
      for (const service of ['unknown', 'shop', undefined]) await send(service)
      await until(() => arrived().length === 3)
      assert.equal([...arrived()].sort(), ['fallback', 'fallback', 'shop'])
      const keys = server.envelopes.map(({ envelope }) => envelope.header.trace?.public_key)
      assert.equal([...new Set(keys)], [server.projects()[0]?.keys[0]?.publicKey])
    },
  ),
)

missing.run()

const trace = suite('a trace over two projects')

trace('has one trace id and one trace header, and each event is in its project', () =>
  withGateway(
    { server: { projects: ['shop', 'billing'] } },
    async ({ sendBody, arrived, server }) => {
      assert.is(await sendBody(bodyOf(['billing', 'shop'])), 200)
      await until(() => arrived().length === 2)
      const headers = server.envelopes.map(({ envelope }) => envelope.header.trace)
      assert.equal(headers[0], headers[1])
      assert.is(headers[0]?.public_key, server.projects()[0]?.keys[0]?.publicKey)
      for (const { project, envelope } of server.envelopes) {
        const text = new TextDecoder().decode(envelope.items[0]?.payload)
        assert.match(text, `"transaction":"GET /${project}"`)
      }
    },
  ),
)

trace('is the same with DSNs in routes, each with its own environment', () =>
  withGateway(
    {
      exporter:
        "dsn: DSN, environment: all, routes: [{match: {service.name: 'bill*'}, dsn: LAST, environment: eu}]",
      server: { projects: ['shop', 'billing'] },
    },
    async ({ sendBody, arrived, server }) => {
      await sendBody(bodyOf(['billing', 'shop']))
      await until(() => arrived().length === 2)
      const [one, other] = server.envelopes.map(({ envelope }) => envelope.header.trace)
      assert.equal(one, other)
      const events = server.envelopes.map(({ project, envelope }) => {
        const { environment } = JSON.parse(new TextDecoder().decode(envelope.items[0]?.payload))
        return `${project} ${environment}`
      })
      assert.equal(events.sort(), ['billing eu', 'shop all'])
      assert.equal(server.requests, [])
    },
  ),
)

trace.run()

const renewal = suite('a key that is rotated')

renewal('is looked up again, and nothing is lost', () =>
  withGateway({ server: { projects: ['shop'] } }, async ({ send, arrived, server, gateway }) => {
    await send('shop')
    await until(() => arrived().length === 1)
    server.rotateKey('shop')
    await Promise.all([send('shop'), send('shop')])
    await until(() => arrived().length === 3)
    assert.ok(server.refused() >= 1)
    await until(() => gateway.report().outcomes[0]?.outcome.delivered.spans === 3)
    assert.equal(gateway.report().outcomes[0]?.outcome.dropped, {})
    assert.is(server.requests.filter((one) => one.endsWith('/keys/')).length, 2)
  }),
)

renewal.run()
