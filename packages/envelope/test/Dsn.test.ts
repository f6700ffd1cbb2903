import { inspect } from 'node:util'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as _ from '../src/Dsn.ts'
import * as DsnError from '../src/DsnError.ts'

const KEY = '0123456789abcdef0123456789abcdef'

const good = (text: string): _.Dsn => {
  const parsed = _.parse(text)
  if (E.isLeft(parsed)) throw new Error(DsnError.show(parsed.left))
  return parsed.right
}

const word = fc.stringMatching(/^[a-z0-9_-]{1,12}$/)

const host = fc.oneof(
  fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?(\.[a-z0-9]{1,5}){0,3}$/),
  fc.constantFrom(
    '127.0.0.1',
    '[::1]',
    '[2001:db8::17]',
    'o17.ingest.sentry.io',
    'o17.ingest.de.sentry.io',
  ),
)

const text: fc.Arbitrary<string> = fc
  .record({
    protocol: fc.constantFrom('http', 'https'),
    key: word,
    secret: fc.option(word, { nil: undefined }),
    host,
    port: fc.option(fc.integer({ min: 1, max: 65535 }), { nil: undefined }),
    path: fc.array(word, { maxLength: 3 }),
    project: fc.nat(),
  })
  .map(
    (part) =>
      `${part.protocol}://${part.key}${part.secret === undefined ? '' : `:${part.secret}`}@${part.host}${
        part.port === undefined ? '' : `:${part.port}`
      }${part.path.map((name) => `/${name}`).join('')}/${part.project}`,
  )

const parse = suite('Dsn.parse')

parse('reads every part', () => {
  const { secretKey, ...rest } = good(`https://${KEY}:hush@sentry.example.com:9000/a/b/42`)
  assert.is(secretKey?.reveal(), 'hush')
  assert.equal(rest, {
    protocol: 'https',
    publicKey: KEY,
    host: 'sentry.example.com',
    port: 9000,
    path: '/a/b',
    projectId: '42',
  })
})

parse('is the inverse of print', () => {
  fc.assert(
    fc.property(text, (dsn) => {
      assert.is(_.print(good(dsn)), dsn)
    }),
    { numRuns: 500 },
  )
})

const BAD: ReadonlyArray<readonly [string, DsnError.DsnError['_tag']]> = [
  ['', 'Empty'],
  ['  ', 'Empty'],
  [`${KEY}@host/1`, 'NoProtocol'],
  [`//${KEY}@host/1`, 'NoProtocol'],
  [`://${KEY}@host/1`, 'NoProtocol'],
  [`ftp://${KEY}@host/1`, 'UnknownProtocol'],
  ['https://host/1', 'NoPublicKey'],
  ['https://@host/1', 'NoPublicKey'],
  ['https://:hush@host/1', 'NoPublicKey'],
  ['https://a b@host/1', 'BadPublicKey'],
  ['https://host/1@x', 'BadPublicKey'],
  [`https://${KEY}:@host/1`, 'BadSecretKey'],
  [`https://${KEY}:a:b@host/1`, 'BadSecretKey'],
  [`https://${KEY}@/1`, 'NoHost'],
  [`https://${KEY}@`, 'NoHost'],
  [`https://${KEY}@:9000/1`, 'NoHost'],
  [`https://${KEY}@ho st/1`, 'BadHost'],
  [`https://${KEY}@-host/1`, 'BadHost'],
  [`https://${KEY}@[::1/1`, 'BadHost'],
  [`https://${KEY}@[gg]/1`, 'BadHost'],
  [`https://${KEY}@host:0/1`, 'BadPort'],
  [`https://${KEY}@host:65536/1`, 'BadPort'],
  [`https://${KEY}@host:x/1`, 'BadPort'],
  [`https://${KEY}@host:/1`, 'BadPort'],
  [`https://${KEY}@[::1]x/1`, 'BadHost'],
  [`https://${KEY}@host`, 'NoProjectId'],
  [`https://${KEY}@host/`, 'NoProjectId'],
  [`https://${KEY}@host/a/`, 'NoProjectId'],
  [`https://${KEY}@host/12ab`, 'BadProjectId'],
  [`https://${KEY}@host/1?x=2`, 'BadProjectId'],
  [`https://${KEY}@host/a//1`, 'BadPath'],
  [`https://${KEY}@host/a b/1`, 'BadPath'],
  [`https://${KEY}@host/a?b/1`, 'BadPath'],
]

for (const [bad, tag] of BAD) {
  parse(`refuses ${JSON.stringify(bad)} as ${tag}`, () => {
    const parsed = _.parse(bad)
    assert.is(E.isLeft(parsed) ? parsed.left._tag : 'parsed', tag)
  })
}

parse('never throws, and its errors contain no part of the input', () => {
  fc.assert(
    fc.property(fc.string(), fc.stringMatching(/^[a-z]{9}$/), (noise, secret) => {
      const parsed = _.parse(`https://${KEY}:${secret}@${noise}`)
      if (E.isLeft(parsed))
        assert.not.match(JSON.stringify(parsed.left) + DsnError.show(parsed.left), secret)
    }),
  )
})

parse.run()

const show = suite('Dsn.show')

show('hides the secret, and so do printing, inspecting and JSON', () => {
  const dsn = good(`https://${KEY}:hush@host/1`)
  for (const shown of [
    _.show(dsn),
    String(dsn),
    JSON.stringify(dsn),
    inspect(dsn, { depth: 9, showHidden: true }),
  ]) {
    assert.not.match(shown, 'hush')
  }
  assert.is(_.show(dsn), `https://${KEY}@host/1`)
})

show.run()

const organizationId = suite('Dsn.organizationId')

organizationId('is in the host names of the service', () => {
  assert.is(_.organizationId(good(`https://${KEY}@o17.ingest.us.sentry.io/1`)), '17')
  assert.is(_.organizationId(good(`https://${KEY}@sentry.example.com/1`)), undefined)
})

organizationId.run()

const equals = suite('Dsn.Eq')

equals('compares secrets too', () => {
  assert.ok(_.Eq.equals(good('http://a:b@h/1'), good('http://a:b@h/1')))
  assert.not(_.Eq.equals(good('http://a:b@h/1'), good('http://a:c@h/1')))
})

equals.run()
