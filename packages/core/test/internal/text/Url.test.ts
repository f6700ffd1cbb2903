import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../../src/internal/text/Url.ts'

const sanitize = suite('Url.sanitize')

const URLS: ReadonlyArray<readonly [string, string]> = [
  ['https://user:pass@host:443/path?query#fragment', 'https://host/path'],
  ['http://host:80', 'http://host'],
  ['http://host:443/', 'http://host:443/'],
  ['//user@host/path', '//host/path'],
  ['/path?token=1', '/path'],
  ['https://host/a@b', 'https://host/a@b'],
  ['https://user:p@ss/w?rd@host/', 'https://host/'],
  ['HTTPS://U:P@HOST/a?b', 'HTTPS://HOST/a'],
  ['https://user%3Apass%40host/a', 'https://host/a'],
  ['https://user:pass%40word@host/a', 'https://host/a'],
  ['postgres://user:p#w@host/db', 'postgres://host/db'],
  ['https://a:b@one/, https://c:d@two/e?f', 'https://one/, https://two/e'],
  ['http://[::1]:8080/a@b', 'http://[::1]:8080/a@b'],
  ['http://localhost:3000/@vite/client', 'http://localhost:3000/@vite/client'],
  ['/a;jsessionid=1/b', '/a'],
  ['#access_token=1', ''],
  ['user:pass@host/a?b', 'host/a'],
]

for (const [url, expected] of URLS) {
  sanitize(url, () => {
    assert.is(_.sanitize(url), expected)
  })
}

sanitize.run()

const filter = suite('Url.filter')

filter('replaces the values of secret parameters, and removes credentials', () => {
  const clean = _.filter((key) => key === 'token', '[Filtered]')
  assert.is(clean('https://u:p@host/?a=1&token=2#x'), 'https://host/?a=1&token=[Filtered]#x')
  assert.is(clean('token=2&a=1'), 'token=[Filtered]&a=1')
  assert.is(clean('/path/token=2'), '/path/token=2')
  assert.is(clean('https://host/a#token=2&b=1'), 'https://host/a#token=[Filtered]&b=1')
  assert.is(clean('https://host/#/a?token=2'), 'https://host/#/a?token=[Filtered]')
  assert.is(clean('/a?to%6ben=2'), '/a?to%6ben=[Filtered]')
  assert.is(clean('jdbc:x://host;user=a;token=b'), 'jdbc:x://host;user=a;token=[Filtered]')
})

filter.run()

const cleanName = suite('Url.cleanName')

cleanName('removes queries and credentials from URLs, and keeps other question marks', () => {
  assert.is(_.cleanName('GET https://u:p@host/a?b=1'), 'GET https://host/a')
  assert.is(_.cleanName('SELECT ? FROM a'), 'SELECT ? FROM a')
  assert.is(_.cleanName('two\nlines'), 'two lines')
  assert.is(_.cleanName('plain'), 'plain')
})

cleanName.run()

const filterText = suite('Url.filterText')

const inText = _.filterText((key) => key === 'token', '[Filtered]')

/** A text, and what stays of it with and without queries. */
const TEXTS: ReadonlyArray<readonly [string, string, string]> = [
  ['no URL?', 'no URL?', 'no URL?'],
  ['a@b.c: x', 'a@b.c: x', 'a@b.c: x'],
  [
    'GET https://u:p@host/a?token=1&b=2 failed, "amqp://x:y@z/v" too',
    'GET https://host/a?token=[Filtered]&b=2 failed, "amqp://z/v" too',
    'GET https://host/a failed, "amqp://z/v" too',
  ],
  [
    'at f (https://host/a.js?token=1:23:45)',
    'at f (https://host/a.js?token=[Filtered]:23:45)',
    'at f (https://host/a.js',
  ],
  ['to redis://:p w"d@host/0\na@b', 'to redis://host/0\na@b', 'to redis://host/0\na@b'],
]

for (const [text, kept, bare] of TEXTS) {
  filterText(JSON.stringify(text), () => {
    assert.is(inText(text, false), kept)
    assert.is(inText(text, true), bare)
  })
}

filterText.run()

const passwords = suite('Url: passwords')

passwords('no part of one stays, whatever characters it has and whatever is around it', () => {
  const separator = fc.constantFrom(
    '',
    '@',
    '/',
    '?',
    '#',
    ':',
    '%40',
    ' ',
    '"',
    '://',
    '\\',
    '=',
    '&',
  )
  const password = fc
    .array(fc.tuple(fc.constant('sEc'), separator), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.flat().join(''))
  const scheme = fc.constantFrom('https', 'HTTP', 'postgres', 'mongodb+srv')
  const around = fc.constantFrom(
    ['', ''],
    ['', '/a?b=c#d'],
    ['GET ', ' failed'],
    ['https://x.y/ ', ''],
  )
  fc.assert(
    fc.property(scheme, password, around, (name, secret, [before, after]) => {
      // Two URLs with a blank between them are a list.
      fc.pre(!/(?:@|%40).* .*:/.test(secret))
      const text = `${before}${name}://user:${secret}@host${after}`
      const whole = [_.sanitize(text), _.filter(() => false, 'x')(text)]
      // In a text, a blank or a quote behind an `@` ends a URL: what follows may be an address of mail or another URL.
      const words = [inText(text, true), inText(text, false), _.cleanName(text)]
      const cleaned = /(?:@|%40).*[ "]/.test(secret) ? whole : [...whole, ...words]
      for (const one of cleaned) assert.not.match(one, 'sEc')
    }),
    { numRuns: 2_000 },
  )
})

passwords.run()
