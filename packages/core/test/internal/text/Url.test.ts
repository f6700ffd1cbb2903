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
