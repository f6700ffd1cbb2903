import * as Secret from '@sentry-exporter/envelope/Secret'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as _ from '../../src/projects/SentryApi.ts'

const requestOf = suite('SentryApi.requestOf')

const request = _.requestOf(
  { url: 'https://sentry.example.com/prefix/', orgSlug: 'acme', authToken: Secret.of('hush') },
  'test/1',
)

for (const [call, method, path] of [
  [{ _tag: 'ListProjects', cursor: undefined }, 'GET', '/organizations/acme/projects/'],
  [
    { _tag: 'ListProjects', cursor: '0:100:0&x=/' },
    'GET',
    '/organizations/acme/projects/?cursor=0%3A100%3A0%26x%3D%2F',
  ],
  [{ _tag: 'ListTeams' }, 'GET', '/organizations/acme/teams/'],
  [{ _tag: 'ListKeys', slug: '../x', cursor: undefined }, 'GET', '/projects/acme/..%2Fx/keys/'],
  [
    { _tag: 'CreateProject', slug: 'shop', name: 'Shop', team: 'a b' },
    'POST',
    '/teams/acme/a%20b/projects/',
  ],
] as ReadonlyArray<readonly [_.ApiCall, string, string]>) {
  requestOf(`${method} ${path}`, () => {
    const made = request(call)
    assert.equal(
      [made.method, made.url],
      [method, `https://sentry.example.com/prefix/api/0${path}`],
    )
    assert.is(made.headers['authorization'], 'Bearer hush')
    if (method === 'POST') {
      assert.equal(JSON.parse(made.body ?? ''), { name: 'Shop', slug: 'shop', platform: 'other' })
    }
  })
}

requestOf.run()

const answerOf = suite('SentryApi.answerOf')

const answer = (
  status: number,
  text: string | undefined = '[]',
  headers: Readonly<Record<string, string>> = {},
): string =>
  JSON.stringify(
    _.answerOf(
      { _tag: 'ListKeys', slug: 'shop', cursor: undefined },
      E.right({ status, text, header: (name) => headers[name] }),
      1_000,
    ),
  )

for (const [status, expected] of [
  [200, '"Keys"'],
  [301, 'renamed'],
  [400, '"Refused"'],
  [401, 'status 401: check auth_token'],
  [403, 'check the scopes'],
  [404, '"NotFound"'],
  [408, '"Failed"'],
  [409, '"Conflict"'],
  [500, '"Failed"'],
  [503, '"Failed"'],
] as const) {
  answerOf(`takes status ${status}`, () => {
    assert.match(answer(status), expected)
  })
}

answerOf('takes the time of a rate limit from its headers', () => {
  assert.match(answer(429, '', { 'retry-after': '7' }), '"millis":7000')
  assert.match(answer(429, '', { 'x-sentry-rate-limit-reset': '31' }), '"millis":30000')
  assert.match(answer(429, '', { 'retry-after': 'soon' }), '"millis":60000')
  assert.match(answer(429, '', { 'retry-after': '-5' }), '"millis":0')
})

answerOf('has the reason of a failed request', () => {
  const failed = _.answerOf({ _tag: 'ListTeams' }, E.left(TransportError.timedOut(9)), 0)
  assert.equal(failed, { _tag: 'Failed', reason: 'no answer within 9 ms' })
})

answerOf('leaves out what is no project and no team', () => {
  const listed = (call: _.ApiCall, json: unknown): unknown =>
    _.answerOf(
      call,
      E.right({ status: 200, text: JSON.stringify(json), header: () => undefined }),
      0,
    )
  assert.equal(
    listed({ _tag: 'ListProjects', cursor: undefined }, [
      7,
      { slug: 'Bad Slug' },
      { slug: 'a', teams: [null, { slug: 'x' }] },
      { slug: 'b', team: { slug: 'y' } },
      { slug: 'c', teams: {} },
    ]),
    {
      _tag: 'Projects',
      projects: [
        { slug: 'a', team: 'x' },
        { slug: 'b', team: 'y' },
        { slug: 'c', team: undefined },
      ],
      next: undefined,
    },
  )
  assert.equal(listed({ _tag: 'ListTeams' }, [null, { slug: '' }, { slug: 't' }]), {
    _tag: 'Teams',
    teams: ['t'],
  })
})

answerOf.run()
