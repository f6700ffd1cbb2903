import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { withoutCredentials as _ } from '../src/withoutCredentials.ts'

const withoutCredentials = suite('withoutCredentials')

const SECRET = 'hush4711hush4711'

/** Texts of others that contain a secret. */
const hiding: ReadonlyArray<string> = [
  `https://key:${SECRET}@sentry.example.com/42`,
  `https://${SECRET}@sentry.example.com/42`,
  `HTTPS://key:${SECRET}@[::1]:9000/42`,
  `"https://key:${SECRET}@host/42"`,
  `https%3A%2F%2Fkey%3A${SECRET}%40host%2F42`,
  `key:${SECRET}@host/42`,
  `${SECRET}@host/42`,
  `https://user:p@${SECRET}/w?rd@host/`,
  `https://user:p ${SECRET}@host/`,
  `https://user:p\n${SECRET}@host/`,
  `socks5://user:${SECRET}@proxy:1080`,
  `see https://host/?sentry_key=${SECRET}&n=1`,
  `sentry_secret = ${SECRET}`,
  `authorization: Bearer ${SECRET}`,
  `x-sentry-auth: Sentry sentry_key=abc, sentry_secret=${SECRET}`,
  `Bearer ${SECRET}`,
  `password:${SECRET}`,
  `sntrys_${SECRET}`,
]

withoutCredentials('removes DSNs, user parts of URLs, parameters and tokens', () => {
  for (const text of hiding) {
    assert.not.match(_(text), SECRET, text)
    assert.match(_(text), '[Filtered]')
    assert.is(_(_(text)), _(text))
  }
})

/** Texts of others that are needed to understand a message. */
const harmless: ReadonlyArray<string> = [
  '',
  'timeoutMilis',
  'connect ECONNREFUSED 127.0.0.1:443',
  'getaddrinfo ENOTFOUND sentry.example.com',
  'https://sentry.example.com/api/42/envelope/',
  'import "@sentry-exporter/core"',
  'routes[1].match',
]

withoutCredentials('keeps other texts', () => {
  for (const text of harmless) assert.is(_(text), text)
})

withoutCredentials('keeps the host', () => {
  assert.is(_('https://key:hush@host:9000/42'), 'https://[Filtered]@host:9000/42')
})

withoutCredentials.run()
