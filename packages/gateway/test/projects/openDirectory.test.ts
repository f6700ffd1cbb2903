import * as Secret from '@sentry-exporter/envelope/Secret'
import type { ProjectDirectory } from '@sentry-exporter/exporter'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import type { Exchange, ExchangeAnswer, ExchangeRequest } from '@sentry-exporter/transport'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as Directory from '../../src/projects/Directory.ts'
import * as _ from '../../src/projects/openDirectory.ts'

interface Answer {
  readonly status?: number
  readonly json?: unknown
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
}

const key = (publicKey: string, isActive = true) => ({
  isActive,
  dsn: { public: `https://${publicKey}@sentry.example.com/7` },
})

interface Opened {
  readonly directory: _.OpenDirectory
  readonly clock: FakeClock.FakeClock
  readonly calls: ReadonlyArray<string>
  /** The answers of `find`, in their order. */
  readonly found: ReadonlyArray<string>
  readonly find: (slug: string) => void
}

/** `undefined` for a call that never ends. */
const open = (
  answer: (call: string, index: number) => Answer | undefined,
  { creates = false, needsHead = false } = {},
): Opened => {
  const clock = FakeClock.make()
  const calls: Array<string> = []
  const found: Array<string> = []
  const exchange: Exchange = (request) => () => {
    const call = `${request.method} ${new URL(request.url).pathname.replace('/api/0/', '')}${new URL(request.url).search}`
    calls.push(call)
    const given = answer(call, calls.filter((one) => one === call).length - 1)
    return given === undefined ? new Promise(() => undefined) : Promise.resolve(answered(given))
  }
  const directory = _.openDirectory({
    organization: {
      url: 'https://sentry.example.com',
      orgSlug: 'acme',
      authToken: Secret.of('hush'),
      autoCreateProjects: creates,
      projectFromAttribute: 'service.name',
      projects: [],
    },
    exchange,
    clock,
    client: 'test/1',
    needsHead,
    onAnswer: () => undefined,
  })
  return {
    directory,
    clock,
    calls,
    found,
    find: (slug) => {
      void directory.find(named(slug)).then((answer) => found.push(show(answer)))
    },
  }
}

const answered = ({
  status = 200,
  json,
  text,
  headers = {},
}: Answer): E.Either<never, ExchangeAnswer> =>
  E.right({
    status,
    header: (name) => headers[name.toLowerCase()],
    text: text ?? JSON.stringify(json),
  })

const named = (slug: string) => ({ slug, name: slug })

const show = (answer: ProjectDirectory.RenewedProject): string => {
  switch (answer._tag) {
    case 'Found':
      return answer.dsn.publicKey
    case 'Unchanged':
      return 'unchanged'
    default:
      return `${answer._tag}: ${answer.reason}`
  }
}

const KEYS = 'GET projects/acme/shop/keys/'

const find = suite('openDirectory: find')

find('gives the first active key, and asks once', async () => {
  const {
    find: ask,
    found,
    calls,
    clock,
    directory,
  } = open(() => ({
    json: [key('old', false), key('first'), key('second')],
  }))
  ask('shop')
  ask('shop')
  await clock.advance(0)
  ask('shop')
  await clock.advance(0)
  assert.equal([found, calls], [['first', 'first', 'first'], [KEYS]])
  assert.equal(directory.counts(), { known: 1, pending: 0, missing: 0 })
})

find('follows the pages of keys by their cursor, to the configured address only', async () => {
  const {
    find: ask,
    found,
    calls,
    clock,
  } = open((call) =>
    call === KEYS
      ? {
          json: [key('old', false)],
          headers: {
            link: '<https://evil.example.com/?cursor=9>; rel="next"; results="true"; cursor="0:100:0"',
          },
        }
      : { json: [key('found')] },
  )
  ask('shop')
  await clock.advance(0)
  assert.equal([found, calls], [['found'], [KEYS, `${KEYS}?cursor=0%3A100%3A0`]])
})

find('waits for the time of a rate limit, with all calls', async () => {
  for (const headers of [{ 'retry-after': '90' }, { 'x-sentry-rate-limit-reset': '1700000090' }]) {
    const {
      find: ask,
      found,
      calls,
      clock,
    } = open((_call, index) =>
      index === 0 ? { status: 429, headers, text: '' } : { json: [key('later')] },
    )
    ask('shop')
    await clock.advance(1_000)
    ask('billing')
    await clock.advance(88_900)
    assert.equal([found, calls], [[], [KEYS]])
    await clock.advance(1_000)
    assert.equal(found, ['later'])
  }
})

find('tries again after failures, with growing waits', async () => {
  const {
    find: ask,
    found,
    calls,
    clock,
    directory,
  } = open((_call, index) => (index < 5 ? { status: 503, text: 'down' } : { json: [key('up')] }))
  ask('shop')
  await clock.advance(1_000)
  assert.ok(calls.length <= 2)
  assert.ok(directory.isFailing())
  await clock.advance(60_000)
  assert.equal([found, calls.length, directory.isFailing()], [['up'], 6, false])
})

for (const [title, answer] of [
  ['no JSON', { text: '<html>' }],
  ['an object', { json: { detail: 'x' } }],
  ['null', { json: null }],
  ['a body that is too large', {}],
] as ReadonlyArray<readonly [string, Answer]>) {
  find(`is not misled by ${title}`, async () => {
    const {
      find: ask,
      found,
      clock,
      directory,
    } = open((_call, index) => (index === 0 ? answer : { json: [key('right')] }))
    ask('shop')
    await clock.advance(0)
    assert.equal([found, directory.isFailing()], [[], true])
    await clock.advance(2_000)
    assert.equal(found, ['right'])
  })
}

for (const [title, json] of [
  ['no keys', []],
  ['inactive keys', [key('a', false)]],
  [
    'keys of wrong types',
    [
      1,
      null,
      { isActive: true },
      { isActive: 'yes', dsn: { public: 'x' } },
      { isActive: true, dsn: { public: 7 } },
      { isActive: true, dsn: { public: 'javascript:alert(1)' } },
    ],
  ],
] as const) {
  find(`has no project with ${title}`, async () => {
    const { find: ask, found, clock } = open(() => ({ json }))
    ask('shop')
    await clock.advance(0)
    assert.equal(found, ['Missing: it has no active key'])
  })
}

find('does not ask for a missing project again before its time', async () => {
  const {
    find: ask,
    found,
    calls,
    clock,
  } = open((_call, index) => (index === 0 ? { status: 404, text: '' } : { json: [key('new')] }))
  ask('shop')
  await clock.advance(Directory.MISSING_MILLIS - 1)
  ask('shop')
  await clock.advance(0)
  assert.equal([found.length, calls.length], [2, 1])
  await clock.advance(1)
  ask('shop')
  await clock.advance(0)
  assert.equal(found.slice(2), ['new'])
})

find('has an end at so many projects, and at so many calls at once', async () => {
  const { find: ask, found, calls, clock, directory } = open(() => undefined)
  for (let i = 0; i <= Directory.MAX_PROJECTS; i++) ask(`service-${i}`)
  await clock.advance(0)
  assert.is(calls.length, Directory.MAX_CALLS)
  assert.equal(found, ['Missing: more than 1000 projects were asked for'])
  assert.is(directory.counts().pending, Directory.MAX_PROJECTS)
})

find('waits for an API that never answers until it is stopped', async () => {
  const { find: ask, found, clock, directory } = open(() => undefined)
  ask('shop')
  await clock.advance(3_600_000)
  assert.equal(found, [])
  await directory.stop()
  ask('later')
  await clock.advance(0)
  const stopped = 'Missing: projects are not looked up any more'
  assert.equal([found, clock.pending()], [[stopped, stopped], 0])
})

find.run()

const LIST = 'GET organizations/acme/projects/'

const CREATE = 'POST teams/acme/backend/projects/'

const project = (slug: string, team: string | null = 'backend') => ({
  slug,
  team: team === null ? null : { slug: team },
  teams: [],
})

const creation = suite('openDirectory: creation')

creation(
  'asks for the list of projects first, and creates by the team of one of them',
  async () => {
    const {
      find: ask,
      found,
      calls,
      clock,
    } = open(
      (call, index) => {
        if (call === LIST) return { json: [project('a', null), project('b')] }
        if (call === CREATE) return { status: 201, json: project('shop') }
        return index === 0 ? { status: 404, text: '' } : { json: [key('made')] }
      },
      { creates: true },
    )
    ask('shop')
    ask('shop')
    await clock.advance(0)
    assert.equal(found, ['made', 'made'])
    assert.equal(calls, [LIST, KEYS, CREATE, KEYS])
  },
)

creation('is given up with the reason', async () => {
  for (const [status, reason] of [
    [400, 'Missing: it could not be created: status 400'],
    [
      403,
      'Missing: it could not be created: status 403: check the scopes of auth_token (project:read; to create projects project:write, team:read)',
    ],
  ] as const) {
    const {
      find: ask,
      found,
      clock,
    } = open(
      (call) => {
        if (call === LIST) return { json: [project('b')] }
        return { status: call === CREATE ? status : 404, text: '' }
      },
      { creates: true },
    )
    ask('shop')
    await clock.advance(0)
    assert.equal(found, [reason])
  }
})

creation('needs a team', async () => {
  const {
    find: ask,
    found,
    clock,
  } = open(
    (call) =>
      call.includes('/projects/acme/') || call.startsWith('GET projects')
        ? { status: 404, text: '' }
        : { json: [] },
    { creates: true },
  )
  ask('shop')
  await clock.advance(0)
  assert.equal(found, ['Missing: it could not be created: the organization has no team'])
})

creation('does not repeat a conflict without end', async () => {
  const {
    find: ask,
    found,
    calls,
    clock,
  } = open(
    (call) => {
      if (call === LIST) return { json: [project('b')] }
      return { status: call === CREATE ? 409 : 404, text: '' }
    },
    { creates: true },
  )
  ask('shop')
  await clock.advance(0)
  assert.equal(found, ['Missing: it exists, and auth_token cannot read its keys'])
  assert.is(calls.filter((call) => call === CREATE).length, 1)
})

creation('goes on after a failure of the call that created it', async () => {
  let isMade = false
  const {
    find: ask,
    found,
    calls,
    clock,
  } = open(
    (call) => {
      if (call === LIST) return { json: [project('b')] }
      if (call !== CREATE) return isMade ? { json: [key('made')] } : { status: 404, text: '' }
      if (isMade) return { status: 409, text: '' }
      isMade = true
      return { status: 504, text: '' }
    },
    { creates: true },
  )
  ask('shop')
  await clock.advance(2_000)
  assert.equal(found, ['made'])
  assert.is(calls.filter((call) => call === CREATE).length, 2)
})

creation.run()

const head = suite('openDirectory: head')

head('is the first project of the list, whatever is asked for first', async () => {
  const {
    find: ask,
    found,
    clock,
    directory,
  } = open(
    (call) => {
      if (call === LIST) return { json: [project('first'), project('shop')] }
      return { json: [key(call.includes('/first/') ? 'first' : 'shop')] }
    },
    { needsHead: true },
  )
  ask('shop')
  assert.is(directory.head(), undefined)
  await clock.advance(0)
  assert.equal([found, directory.head()?.publicKey], [['shop'], 'first'])
})

head('is the first one that is known, where the list cannot be read', async () => {
  for (const answer of [
    { status: 403, text: '' },
    { status: 500, text: '' },
    { status: 429, text: '', headers: { 'retry-after': '1' } },
    { json: [] },
  ]) {
    const {
      find: ask,
      found,
      clock,
      directory,
    } = open((call) => (call === LIST ? answer : { json: [key('shop')] }), { needsHead: true })
    ask('shop')
    await clock.advance(10_000)
    assert.equal([found, directory.head()?.publicKey], [['shop'], 'shop'])
  }
})

head('is awaited through failures of the list and of its key', async () => {
  const {
    find: ask,
    found,
    clock,
    directory,
  } = open(
    (call, index) => {
      if (!call.includes('/shop/') && index < 2) return { status: 503, text: '' }
      if (call === LIST) return { json: [project('first')] }
      return { json: [key(call.includes('/first/') ? 'first' : 'shop')] }
    },
    { needsHead: true },
  )
  ask('shop')
  await clock.advance(10_000)
  assert.equal([found, directory.head()?.publicKey], [['shop'], 'first'])
})

head('reads a list without end only so far', async () => {
  let page = 0
  const endless = open(
    (call) => {
      if (!call.startsWith(LIST)) return { json: [key('shop')] }
      const cursor = `0:${++page}:0`
      return {
        json: [project('first')],
        headers: { link: `<x>; rel="next"; results="true"; cursor="${cursor}"` },
      }
    },
    { needsHead: true },
  )
  await endless.clock.advance(0)
  assert.is(page, Directory.MAX_PAGES)
  const circle = open(
    (call) =>
      call.startsWith(LIST)
        ? {
            json: [project('first')],
            headers: { link: '<x>; rel="next"; results="true"; cursor="0:1:0"' },
          }
        : { json: [key('shop')] },
    { needsHead: true },
  )
  await circle.clock.advance(0)
  assert.is(circle.calls.filter((call) => call.startsWith(LIST)).length, 2)
})

head.run()

const renew = suite('openDirectory: renew')

const renewing = (
  second: () => Answer,
): Opened & { readonly renew: (from?: string) => Promise<string> } => {
  const opened = open((_call, index) => (index === 0 ? { json: [key('one')] } : second()))
  return {
    ...opened,
    renew: async () => {
      const known = opened.directory.known(named('shop'))
      if (known?._tag !== 'Found') throw new Error('not known')
      const answer = opened.directory.renew(named('shop'), known.dsn)
      await opened.clock.advance(0)
      return show(await answer)
    },
  }
}

renew('gives another active key, also where the refused one is still listed', async () => {
  for (const json of [
    [key('one', false), key('two')],
    [key('one'), key('two')],
  ]) {
    const { find: ask, clock, renew: again, directory } = renewing(() => ({ json }))
    ask('shop')
    await clock.advance(0)
    assert.is(await again(), 'two')
    const known = directory.known(named('shop'))
    assert.is(known && show(known), 'two')
  }
})

renew('asks once in an interval where nothing changes', async () => {
  const { find: ask, clock, calls, renew: again } = renewing(() => ({ json: [key('one')] }))
  ask('shop')
  await clock.advance(0)
  assert.equal(
    [await again(), await again(), await again()],
    ['unchanged', 'unchanged', 'unchanged'],
  )
  assert.is(calls.length, 2)
  await clock.advance(Directory.RENEWAL_MILLIS)
  await again()
  assert.is(calls.length, 3)
})

renew('is bounded where each key is refused', async () => {
  let made = 0
  const {
    find: ask,
    clock,
    calls,
    renew: again,
  } = renewing(() => ({ json: [key(`key${++made}`)] }))
  ask('shop')
  await clock.advance(0)
  for (let i = 0; i < 10; i++) await again()
  assert.is(calls.length, 1 + Directory.MAX_RENEWALS)
})

renew('fails for now while the API does, and goes on in the background', async () => {
  let isDown = true
  const {
    find: ask,
    clock,
    renew: again,
    directory,
  } = renewing(() => (isDown ? { status: 503, text: '' } : { json: [key('two')] }))
  ask('shop')
  await clock.advance(0)
  assert.is(await again(), 'Failed: status 503')
  isDown = false
  await clock.advance(2_000)
  const known = directory.known(named('shop'))
  assert.is(known && show(known), 'two')
})

renew('finds a project that was deleted missing', async () => {
  const { find: ask, clock, renew: again } = renewing(() => ({ status: 404, text: '' }))
  ask('shop')
  await clock.advance(0)
  assert.is(await again(), 'Missing: there is no such project in the organization')
})

renew.run()

const secrecy = suite('openDirectory: the token')

secrecy('is in a header, and in no answer', async () => {
  const requests: Array<ExchangeRequest> = []
  const clock = FakeClock.make()
  const answers: Array<unknown> = []
  const directory = _.openDirectory({
    organization: {
      url: 'https://sentry.example.com/',
      orgSlug: 'acme',
      authToken: Secret.of('sntrys_hush'),
      autoCreateProjects: true,
      projectFromAttribute: 'service.name',
      projects: [],
    },
    exchange: (request) => async () => {
      requests.push(request)
      return E.left(TransportError.unreachable('ECONNREFUSED'))
    },
    clock,
    client: 'test/1',
    needsHead: true,
    onAnswer: (...seen) => answers.push(seen),
  })
  void directory.find(named('shop'))
  await clock.advance(5_000)
  assert.ok(requests.every(({ headers }) => headers['authorization'] === 'Bearer sntrys_hush'))
  assert.ok(requests.every(({ url }) => url.startsWith('https://sentry.example.com/api/0/')))
  assert.ok(answers.length > 2)
  assert.not.match(JSON.stringify([answers, directory.counts()]), /hush/)
})

secrecy.run()
