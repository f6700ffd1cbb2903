import { span } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/mapping/Status.ts'
import type { Attributes } from '../../src/model/Attributes.ts'
import type { SpanStatus } from '../../src/model/SpanStatus.ts'

const of = suite('Status.of')

const http = (code: number | string): Attributes => ({ 'http.response.status_code': code })

const ROWS: ReadonlyArray<readonly [SpanStatus['code'], string, Attributes, _.Status]> = [
  ['OK', '', {}, 'ok'],
  ['OK', '', http(500), 'ok'],
  ['UNSET', '', {}, 'ok'],
  ['UNSET', '', http(200), 'ok'],
  ['UNSET', '', http(302), 'ok'],
  ['UNSET', '', http(400), 'invalid_argument'],
  ['UNSET', '', http(401), 'unauthenticated'],
  ['UNSET', '', http(403), 'permission_denied'],
  ['UNSET', '', http(404), 'not_found'],
  ['UNSET', '', http(409), 'already_exists'],
  ['UNSET', '', http(413), 'failed_precondition'],
  ['UNSET', '', http(418), 'invalid_argument'],
  ['UNSET', '', http(429), 'resource_exhausted'],
  ['UNSET', '', http(499), 'cancelled'],
  ['UNSET', '', http(500), 'internal_error'],
  ['UNSET', '', http(501), 'unimplemented'],
  ['UNSET', '', http(502), 'internal_error'],
  ['UNSET', '', http(503), 'unavailable'],
  ['UNSET', '', http(504), 'deadline_exceeded'],
  ['UNSET', '', http(99), 'ok'],
  ['UNSET', '', http('404'), 'not_found'],
  ['UNSET', '', { 'http.status_code': 404 }, 'not_found'],
  ['UNSET', '', { 'rpc.grpc.status_code': 5 }, 'not_found'],
  ['UNSET', '', { 'rpc.grpc.status_code': '14' }, 'unavailable'],
  ['UNSET', '', { 'rpc.grpc.status_code': 0 }, 'ok'],
  ['UNSET', '', { 'rpc.response.status_code': '7' }, 'permission_denied'],
  ['UNSET', '', { 'rpc.grpc.status_code': 99 }, 'ok'],
  ['ERROR', '', {}, 'internal_error'],
  ['ERROR', 'it broke', {}, 'internal_error'],
  ['ERROR', 'it broke', http(404), 'not_found'],
  ['ERROR', '', http(200), 'internal_error'],
  ['ERROR', 'deadline_exceeded', http(500), 'deadline_exceeded'],
  ['ERROR', 'ok', {}, 'internal_error'],
  ['ERROR', '', { 'rpc.grpc.status_code': 0 }, 'internal_error'],
  ['ERROR', '', { 'rpc.grpc.status_code': 16 }, 'unauthenticated'],
  ['ERROR', 'it broke', http(500), 'internal_error'],
  ['ERROR', 'canceled', {}, 'internal_error'],
  ['ERROR', '', http(302), 'internal_error'],
  ['UNSET', '', http(600), 'ok'],
  ['UNSET', '', http(0), 'ok'],
  ['UNSET', '', http(-1), 'ok'],
  ['UNSET', '', http('0'), 'ok'],
  ['ERROR', '', http(0), 'internal_error'],
  ['UNSET', '', { ...http(0), 'http.status_code': 503 }, 'unavailable'],
  ['UNSET', '', http('many'), 'ok'],
  ['UNSET', '', http(402), 'invalid_argument'],
  ['UNSET', '', { 'rpc.response.status_code': 'NOT_FOUND' }, 'not_found'],
  ['UNSET', '', { 'rpc.response.status_code': 'OK' }, 'ok'],
  ['UNSET', '', { 'rpc.response.status_code': 'UNKNOWN' }, 'internal_error'],
  ['ERROR', '', { 'rpc.response.status_code': 'INTERNAL' }, 'internal_error'],
  ['UNSET', '', { ...http(404), 'http.status_code': 500 }, 'not_found'],
  ['UNSET', '', { ...http(200), 'rpc.grpc.status_code': 5 }, 'not_found'],
  ['UNSET', '', { ...http('200'), 'rpc.grpc.status_code': '13' }, 'internal_error'],
  ['ERROR', '', { ...http('200'), 'rpc.grpc.status_code': '14' }, 'unavailable'],
  ['UNSET', '', { ...http(200), 'grpc.status_code': '14' }, 'unavailable'],
  ['UNSET', '', { ...http(200), 'rpc.response.status_code': 'NOT_FOUND' }, 'not_found'],
  ['UNSET', '', { ...http(503), 'rpc.grpc.status_code': 0 }, 'unavailable'],
  ['UNSET', '', { ...http(200), 'grpc.status_code': '0' }, 'ok'],
  ['UNSET', '', { ...http(500), 'rpc.grpc.status_code': 5 }, 'not_found'],
  ['UNSET', '', { ...http(500), 'rpc.grpc.status_code': 99 }, 'internal_error'],
  ['UNSET', '', { 'grpc.status_code': 'DeadlineExceeded' }, 'deadline_exceeded'],
  ['UNSET', '', { 'grpc.status_code': 'Canceled' }, 'cancelled'],
  ['UNSET', '', { 'rpc.connect_rpc.error_code': 'not_found' }, 'not_found'],
  ['UNSET', '', { 'rpc.grpc.status_code': 2 }, 'internal_error'],
  ['UNSET', '', { 'rpc.grpc.status_code': -1 }, 'ok'],
  ['UNSET', '', { error: true }, 'internal_error'],
  ['UNSET', '', { error: 'true' }, 'internal_error'],
  ['UNSET', '', { error: 'none' }, 'ok'],
  ['UNSET', '', { error: true, ...http(404) }, 'not_found'],
  ['ERROR', 'unknown_error', {}, 'internal_error'],
  ['ERROR', 'unknown', {}, 'internal_error'],
  [1337, '', {}, 'unknown'],
  [1337, '', http(404), 'not_found'],
]

for (const [code, message, attributes, status] of ROWS) {
  of(`${code} ${JSON.stringify(message)} ${JSON.stringify(attributes)} is ${status}`, () => {
    assert.is(_.of(span({ status: { code, message }, attributes })), status)
  })
}

of.run()

const with4xxOk = suite('Status.with4xxOk')

const ROWS_4XX: ReadonlyArray<readonly [SpanStatus['code'], Attributes, _.Status]> = [
  ['UNSET', http(404), 'ok'],
  ['UNSET', http(499), 'ok'],
  ['UNSET', http('429'), 'ok'],
  ['UNSET', http(500), 'internal_error'],
  ['UNSET', http(200), 'ok'],
  ['UNSET', {}, 'ok'],
  ['OK', http(404), 'ok'],
  ['ERROR', http(404), 'not_found'],
  ...[1, 3, 5, 6, 7, 8, 9, 10, 11, 16].map(
    (code) => ['UNSET', { 'rpc.grpc.status_code': code }, 'ok'] as const,
  ),
  ['UNSET', { ...http(200), 'grpc.status_code': 'NOT_FOUND' }, 'ok'],
  ['UNSET', { 'rpc.grpc.status_code': 2 }, 'internal_error'],
  ['UNSET', { 'rpc.grpc.status_code': 4 }, 'deadline_exceeded'],
  ['UNSET', { 'rpc.grpc.status_code': 12 }, 'unimplemented'],
  ['UNSET', { 'rpc.grpc.status_code': 13 }, 'internal_error'],
  ['UNSET', { 'rpc.grpc.status_code': 14 }, 'unavailable'],
  ['UNSET', { 'rpc.grpc.status_code': 15 }, 'data_loss'],
  ['UNSET', { ...http(404), 'rpc.grpc.status_code': 14 }, 'unavailable'],
  ['UNSET', { ...http(404), 'rpc.grpc.status_code': 0 }, 'ok'],
  ['ERROR', { 'rpc.grpc.status_code': 5 }, 'not_found'],
]

for (const [code, attributes, status] of ROWS_4XX) {
  with4xxOk(`${code} ${JSON.stringify(attributes)} is ${status}`, () => {
    assert.is(_.with4xxOk(span({ status: { code, message: '' }, attributes })), status)
  })
}

with4xxOk.run()

const fromHttp = suite('Status.fromHttp')

fromHttp('has a status for every code', () => {
  for (let code = 100; code < 400; code++) assert.is(_.fromHttp(code), 'ok')
  for (let code = 400; code < 600; code++) assert.not(_.fromHttp(code) === 'ok')
})

fromHttp.run()

const grpc = suite('Status.grpc')

grpc('has a status for each of the seventeen codes', () => {
  assert.is(_.grpc.length, 17)
  // UNKNOWN and INTERNAL are one status.
  assert.is(new Set(_.grpc).size, 16)
  for (const [code, status] of _.grpc.entries()) {
    const coded = span({ attributes: { 'rpc.grpc.status_code': code } })
    assert.is(_.of(coded), status)
  }
})

grpc.run()
