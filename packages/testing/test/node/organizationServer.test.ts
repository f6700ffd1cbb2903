import { gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/node/organizationServer.ts'

const withServer = async (
  options: _.OrganizationServerOptions,
  run: (server: _.OrganizationServer, ask: Ask) => Promise<void>,
): Promise<void> => {
  const server = await _.organizationServer(options)
  const headers = { authorization: `Bearer ${server.token}` }
  try {
    await run(server, async (path, body) => {
      const response = await fetch(server.url + path, {
        headers,
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      })
      return {
        status: response.status,
        link: response.headers.get('link'),
        text: await response.text(),
      }
    })
  } finally {
    await server.close()
  }
}

type Ask = (
  path: string,
  body?: unknown,
) => Promise<{ readonly status: number; readonly link: string | null; readonly text: string }>

const api = suite('organizationServer: the API')

api('lists projects by pages, with their teams', () =>
  withServer({ projects: ['a', 'b', 'c'], pageSize: 2 }, async (_server, ask) => {
    const first = await ask('/api/0/organizations/acme/projects/')
    assert.match(String(first.link), 'rel="next"; results="true"; cursor="0:2:0"')
    assert.equal(
      JSON.parse(first.text).map((one: { slug: string; team: { slug: string } }) => [
        one.slug,
        one.team.slug,
      ]),
      [
        ['a', 'backend'],
        ['b', 'backend'],
      ],
    )
    const second = await ask('/api/0/organizations/acme/projects/?cursor=0:2:0')
    assert.match(String(second.link), 'rel="next"; results="false"')
    assert.is(JSON.parse(second.text).length, 1)
  }),
)

api('creates a project once', () =>
  withServer({}, async (server, ask) => {
    const path = '/api/0/teams/acme/backend/projects/'
    const create = async (slug: string) => (await ask(path, { slug, name: slug })).status
    assert.equal(
      [await create('shop'), await create('shop'), await create('Not A Slug')],
      [201, 409, 400],
    )
    assert.is(
      (await ask('/api/0/teams/acme/other/projects/', { slug: 'x', name: 'x' })).status,
      404,
    )
    assert.equal(
      server.projects().map(({ slug }) => slug),
      ['shop'],
    )
  }),
)

api('knows the keys of a project, with a DSN for itself', () =>
  withServer({ projects: ['shop'] }, async (server, ask) => {
    server.rotateKey('shop')
    const { text } = await ask('/api/0/projects/acme/shop/keys/')
    const keys: ReadonlyArray<{ isActive: boolean; dsn: { public: string } }> = JSON.parse(text)
    assert.equal(
      keys.map(({ isActive }) => isActive),
      [false, true],
    )
    assert.is(new URL(keys[0]?.dsn.public ?? '').host, new URL(server.url).host)
    server.removeProject('shop')
    assert.is((await ask('/api/0/projects/acme/shop/keys/')).status, 404)
  }),
)

api('refuses another token, and lets a test answer', () =>
  withServer(
    { intercept: ({ path }) => (path === '/limited' ? { status: 429, body: '' } : undefined) },
    async (server, ask) => {
      assert.is((await ask('/limited')).status, 429)
      const other = await fetch(`${server.url}/api/0/organizations/acme/teams/`)
      assert.is(other.status, 401)
      assert.is((await ask('/api/0/organizations/other/teams/')).status, 404)
      assert.equal(server.requests.slice(0, 1), ['GET /limited'])
    },
  ),
)

api.run()

const envelopes = suite('organizationServer: envelopes')

envelopes('take those with an active key of their project, also compressed', () =>
  withServer({ projects: ['shop'] }, async (server) => {
    const [shop] = server.projects()
    const post = async (key: string | undefined, body: string | Buffer, encoding = '') =>
      (
        await fetch(`${server.url}/api/${shop?.id}/envelope/`, {
          method: 'POST',
          body,
          headers: {
            'x-sentry-auth': `Sentry sentry_version=7, sentry_key=${key}`,
            ...(encoding === '' ? {} : { 'content-encoding': encoding }),
          },
        })
      ).status
    const text = '{"a":1}\n{"type":"event","length":2}\n{}\n'
    const key = shop?.keys[0]?.publicKey
    assert.equal([await post(key, text), await post(key, gzipSync(text), 'gzip')], [200, 200])
    server.rotateKey('shop')
    assert.equal([await post(key, text), server.refused()], [403, 1])
    assert.equal(
      server.envelopes.map(({ project, envelope }) => [project, envelope.header]),
      [
        ['shop', { a: 1 }],
        ['shop', { a: 1 }],
      ],
    )
  }),
)

envelopes.run()
