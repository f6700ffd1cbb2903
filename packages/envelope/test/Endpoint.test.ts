import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as Dsn from '../src/Dsn.ts'
import * as _ from '../src/Endpoint.ts'

const dsn = (text: string): Dsn.Dsn => {
  const parsed = Dsn.parse(text)
  if (E.isLeft(parsed)) throw new Error('a bad DSN in a test')
  return parsed.right
}

const envelopeUrl = suite('Endpoint.envelopeUrl')

envelopeUrl('keeps port and path, and ends with a slash', () => {
  assert.is(
    _.envelopeUrl(dsn('https://key@sentry.example.com:9000/a/b/42')),
    'https://sentry.example.com:9000/a/b/api/42/envelope/',
  )
  assert.is(_.envelopeUrl(dsn('http://key@[::1]/1')), 'http://[::1]/api/1/envelope/')
})

envelopeUrl.run()

const auth = suite('Endpoint.authHeader')

auth('names key, client and version of the protocol, and a secret only if there is one', () => {
  assert.is(
    _.authHeader(dsn('https://key@h/1'), 'me/1'),
    'Sentry sentry_version=7, sentry_client=me/1, sentry_key=key',
  )
  assert.match(_.authHeader(dsn('https://key:hush@h/1'), 'me/1'), /, sentry_secret=hush$/)
})

auth('is equal as a query', () => {
  assert.is(
    _.authQuery(dsn('https://key@h/1'), 'me/1'),
    'sentry_version=7&sentry_client=me%2F1&sentry_key=key',
  )
})

auth.run()
