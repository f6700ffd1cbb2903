import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/connection/Variables.ts'

const decode = suite('Variables.decode')

decode('reads the variables of Sentry and of OpenTelemetry', () => {
  assert.equal(
    _.decode({
      SENTRY_DSN: ' https://key@host/1 ',
      SENTRY_ENVIRONMENT: 'staging',
      SENTRY_RELEASE: 'shop@1',
      OTEL_SDK_DISABLED: 'TRUE',
      OTEL_SERVICE_NAME: 'shop',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=cart,team=a%20b,broken,=x,bad=%zz',
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '100',
    }),
    {
      dsn: 'https://key@host/1',
      environment: 'staging',
      release: 'shop@1',
      isDisabled: true,
      resourceAttributes: { 'service.name': 'shop', team: 'a b' },
      maxExportBatchSize: 100,
    },
  )
})

decode('takes an empty variable for one that is not set', () => {
  assert.equal(_.decode({ SENTRY_DSN: '', OTEL_SDK_DISABLED: '', OTEL_SERVICE_NAME: ' ' }), {
    dsn: undefined,
    environment: undefined,
    release: undefined,
    isDisabled: false,
    resourceAttributes: {},
    maxExportBatchSize: undefined,
  })
})

decode.run()

const textsOf = suite('Variables.textsOf')

textsOf('leaves out the bindings of a Worker that are no texts', () => {
  assert.equal(_.textsOf({ SENTRY_DSN: 'a', KV: { get: () => 1 }, FLAG: true }), {
    SENTRY_DSN: 'a',
  })
})

textsOf.run()
