import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Sensitive from '../../src/filter/Sensitive.ts'

const secret = suite('Sensitive.isSecret')

const SECRETS = [
  'password',
  'db.password',
  'dbPassword',
  'user_passwd',
  'passphrase',
  'client_secret',
  'app.secrets',
  'api_key',
  'x-api-key',
  'apiKey',
  'apikey',
  'private.key',
  'access_token',
  'accessToken',
  'token',
  'csrf-token',
  'jwt',
  'http.request.header.authorization',
  'proxy-authorization',
  'http.request.header.cookie',
  'set-cookie',
  'credentials',
  'db.connection_string',
  'card_number',
  'credit_card',
  'payment.debitCard.last4',
  'iban',
  'cvc2',
  'mfa_code',
  'pin_code',
  'socialSecurity',
  'proxy_auth',
  'db.dsn',
]

const PLAIN = [
  'gen_ai.usage.input_tokens',
  'gen_ai.request.max_tokens',
  'tokenizer',
  'author',
  'passenger.count',
  'compass',
  'http.route',
  'key',
  'cache.key',
  'session.id',
  'secretary',
  'keyboard',
  'auth.method',
  'author.dsns',
  'cardinality',
  'scorecard',
  'spin.count',
  'pin',
  '',
]

for (const key of SECRETS) {
  secret(`${key} is one`, () => assert.ok(Sensitive.isSecret(Sensitive.defaults)(key)))
}

for (const key of PLAIN) {
  secret(`"${key}" is none`, () => assert.not.ok(Sensitive.isSecret(Sensitive.defaults)(key)))
}

secret('more keys can be named, and all of it turned off', () => {
  const named = { ...Sensitive.defaults, scrubKeys: ['tenant'] }
  assert.ok(Sensitive.isSecret(named)('app.Tenant.id'))
  assert.not.ok(Sensitive.isSecret({ ...named, scrub: false })('password'))
  assert.ok(Sensitive.isSecret({ ...named, scrub: false })('tenant'))
})

secret.run()
