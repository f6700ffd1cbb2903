import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { CorsConfig } from '../../../src/config/ReceiverConfig.ts'
import * as _ from '../../../src/receiver/http/Cors.ts'
import { openHttp, send } from '../recording.ts'

const config: CorsConfig = {
  allowedOrigins: ['https://shop.example', 'https://*.shop.example', 'http://localhost:*'],
  allowedHeaders: ['X-Tenant'],
  exposedHeaders: ['Retry-After'],
  maxAgeSeconds: 600,
}

const preflight = (
  change: Partial<_.CorsRequest>,
  changed: Partial<CorsConfig> = {},
): Record<string, string> | undefined => {
  const headers = _.make({ ...config, ...changed }).preflight({
    method: 'OPTIONS',
    origin: 'https://shop.example',
    requestedMethod: 'POST',
    requestedHeaders: 'content-type',
    ...change,
  })
  return headers === undefined ? undefined : Object.fromEntries(headers)
}

const asked = suite('Cors.preflight')

for (const [origin, isAllowed] of [
  ['https://shop.example', true],
  ['https://SHOP.example', true],
  ['https://www.shop.example', true],
  ['http://localhost:3000', true],
  ['https://shopxexample', false],
  ['https://shop.example.evil', false],
  ['http://shop.example', false],
  ['null', false],
] as const) {
  asked(`${isAllowed ? 'permits' : 'does not permit'} ${origin}`, () => {
    const headers = preflight({ origin })
    assert.is(headers?.['Access-Control-Allow-Origin'], isAllowed ? origin : undefined)
    assert.is(headers?.['Access-Control-Allow-Credentials'], isAllowed ? 'true' : undefined)
  })
}

for (const [requestedHeaders, allowed] of [
  ['content-type', 'content-type'],
  ['Content-Type, x-tenant', 'content-type, x-tenant'],
  ['content-type, authorization', undefined],
  [undefined, undefined],
] as const) {
  asked(`answers the headers ${requestedHeaders} with ${allowed}`, () => {
    assert.is(preflight({ requestedHeaders })?.['Access-Control-Allow-Headers'], allowed)
  })
}

asked('permits every header with *', () => {
  const headers = preflight({ requestedHeaders: 'Authorization' }, { allowedHeaders: ['*'] })
  assert.is(headers?.['Access-Control-Allow-Headers'], 'authorization')
})

asked('permits every origin with *, and then no credentials', () => {
  const headers = preflight({ origin: 'https://any.example' }, { allowedOrigins: ['*'] })
  assert.is(headers?.['Access-Control-Allow-Origin'], '*')
  assert.is(headers?.['Access-Control-Allow-Credentials'], undefined)
})

asked('permits POST only', () => {
  assert.is(preflight({ requestedMethod: 'PUT' })?.['Access-Control-Allow-Origin'], undefined)
})

asked('is no answer to other requests', () => {
  assert.is(preflight({ method: 'POST' }), undefined)
  assert.is(preflight({ origin: undefined }), undefined)
  assert.is(preflight({ requestedMethod: undefined }), undefined)
  assert.is(_.make(undefined).preflight({ method: 'OPTIONS' } as _.CorsRequest), undefined)
})

asked.run()

const served = suite('HttpReceiver: requests of browsers')

served('a preflight needs no credentials, and every answer has the headers', async () => {
  const http = await openHttp({
    cors: config,
    auth: { _tag: 'Bearer', scheme: 'Bearer', header: 'Authorization', tokens: ['token'] },
  })
  const origin = 'https://shop.example'
  const first = await send({
    port: http.port,
    path: '/v1/traces',
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-tenant',
    },
  })
  assert.is(first.status, 204)
  assert.is(first.headers['access-control-allow-origin'], origin)
  assert.is(first.headers['access-control-allow-methods'], 'POST')
  assert.is(first.headers['access-control-max-age'], '600')
  const refused = await send({ port: http.port, path: '/v1/traces', headers: { origin } }, '{}')
  assert.is(refused.status, 401)
  assert.is(refused.headers['access-control-allow-origin'], origin)
  assert.is(refused.headers['access-control-expose-headers'], 'Retry-After')
  assert.is(refused.headers['vary'], 'Origin')
  const foreign = await send(
    { port: http.port, path: '/v1/traces', headers: { origin: 'https://evil.example' } },
    '{}',
  )
  assert.is(foreign.headers['access-control-allow-origin'], undefined)
  await http.listener.close(1_000)
})

served.run()
