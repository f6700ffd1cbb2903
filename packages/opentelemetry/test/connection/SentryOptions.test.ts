import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/connection/SentryOptions.ts'
import * as Variables from '../../src/connection/Variables.ts'

const DSN = 'https://key:hush@sentry.example.com/42'

const decode = (options: _.SentryOptions, env: Variables.ProcessVariables = {}) =>
  _.decode(options, Variables.decode(env), [])

const decoding = suite('SentryOptions.decode')

decoding('takes variables for the options that are left out', () => {
  const { config, problems } = decode(
    {},
    { SENTRY_DSN: DSN, SENTRY_ENVIRONMENT: 'staging', SENTRY_RELEASE: 'shop@1' },
  )
  assert.equal([config?.environment, config?.release, problems], ['staging', 'shop@1', []])
  assert.is(config?.dsn.projectId, '42')
})

decoding('prefers options to variables', () => {
  const env = { SENTRY_DSN: 'https://key@other/1', SENTRY_ENVIRONMENT: 'staging' }
  const { config } = decode({ dsn: DSN, environment: 'live' }, env)
  assert.equal([config?.dsn.projectId, config?.environment], ['42', 'live'])
})

decoding('sends nothing without a DSN, or if the SDK is disabled', () => {
  assert.is(decode({}).config, undefined)
  assert.is(decode({ dsn: '' }).config, undefined)
  assert.is(decode({ dsn: DSN }, { OTEL_SDK_DISABLED: 'true' }).config, undefined)
})

decoding('leaves out a variable that cannot work, without its secret', () => {
  const { config, problems } = decode(
    { dsn: DSN },
    { SENTRY_ENVIRONMENT: 'none', SENTRY_RELEASE: '{open' },
  )
  assert.is(config?.environment, undefined)
  assert.equal(
    problems.map((problem) => problem.split(':')[0]),
    ['SENTRY_ENVIRONMENT is not used', 'SENTRY_RELEASE is not used'],
  )
  const broken = decode({}, { SENTRY_DSN: 'https://key:hush@host/x' })
  assert.is(broken.config, undefined)
  assert.match(broken.problems.join(), 'SENTRY_DSN is not used')
  assert.not.match(broken.problems.join(), 'hush')
})

decoding('throws one readable error for options that cannot work, also without a DSN', () => {
  assert.throws(() => decode({ dsn: 'no dsn' }), /dsn: /)
  assert.throws(() => decode({ sampleRate: 2 }), /sampleRate: /)
})

decoding.run()
