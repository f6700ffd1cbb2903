import type * as ClientReport from '@sentry-exporter/envelope/ClientReport'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/TransportError.ts'

const refused = (status: number): _.TransportError =>
  _.refused({ status, rateLimits: undefined, retryAfter: undefined })

const isRetryable = suite('TransportError.isRetryable')

const ROWS: ReadonlyArray<readonly [_.TransportError, boolean]> = [
  [_.unreachable('ECONNRESET'), true],
  [_.timedOut(100), true],
  [_.untrusted('DEPTH_ZERO_SELF_SIGNED_CERT'), false],
  [_.closed, false],
  [_.rateLimited('error', 1), false],
  [_.overflowed, false],
  [_.abandoned, false],
  [_.gaveUp(2, _.unreachable('ECONNRESET')), false],
  ...[408, 425, 502, 503, 504].map((status) => [refused(status), true] as const),
  ...[301, 400, 401, 403, 404, 413, 415, 429, 500].map(
    (status) => [refused(status), false] as const,
  ),
]

for (const [error, expected] of ROWS) {
  isRetryable(`${_.show(error)}: ${expected}`, () => {
    assert.is(_.isRetryable(error), expected)
  })
}

isRetryable.run()

const isUntaken = suite('TransportError.isUntaken')

/** Whether the server cannot have taken the envelope. */
const UNTAKEN: ReadonlyArray<readonly [_.TransportError, boolean]> = [
  ...[
    'ConnectionRefused',
    'EADDRNOTAVAIL',
    'EAI_AGAIN',
    'ECONNREFUSED',
    'EHOSTDOWN',
    'EHOSTUNREACH',
    'ENETDOWN',
    'ENETUNREACH',
    'ENOTFOUND',
    'FailedToOpenSocket',
    'ECONNREFUSED (through the proxy proxy:3128)',
    'ECONNREFUSED: connect to 127.0.0.1:80',
    'ENOTFOUND host',
  ].map((reason) => [_.unreachable(reason), true] as const),
  ...[
    'ECONNRESET',
    'EPIPE',
    'UND_ERR_SOCKET',
    'ECONNREFUSEDX',
    'it was not ECONNREFUSED',
    'fetch failed',
    'the proxy answered with status 502',
    'unknown failure',
    '',
  ].map((reason) => [_.unreachable(reason), false] as const),
  ...[408, 425, 503].map((status) => [refused(status), true] as const),
  ...[200, 301, 400, 401, 413, 429, 500, 502, 504].map(
    (status) => [refused(status), false] as const,
  ),
  [_.timedOut(100), false],
  [_.untrusted('CERT_HAS_EXPIRED'), false],
  [_.closed, false],
  [_.rateLimited('log_item', 1), false],
  [_.overflowed, false],
  [_.abandoned, false],
  [_.noProject('x'), false],
  [_.gaveUp(2, _.unreachable('ECONNREFUSED')), false],
]

for (const [error, expected] of UNTAKEN) {
  isUntaken(`${_.show(error)}: ${expected}`, () => {
    assert.is(_.isUntaken(error), expected)
  })
}

isUntaken.run()

const show = suite('TransportError.show')

show('contains a hint for known statuses', () => {
  assert.match(_.show(refused(401)), 'check the DSN')
  assert.is(_.show(refused(500)), 'Sentry refused with status 500')
  assert.is(_.show(_.unreachable('ECONNREFUSED')), 'could not reach Sentry: ECONNREFUSED')
})

show.run()

const reason = suite('discardReason')

const REASONS: ReadonlyArray<readonly [_.TransportError, ClientReport.Reason | undefined]> = [
  [_.unreachable('x'), 'network_error'],
  [_.untrusted('x'), 'network_error'],
  [_.timedOut(1), 'network_error'],
  [_.closed, 'network_error'],
  [refused(400), 'send_error'],
  [refused(413), 'send_error'],
  [refused(500), 'send_error'],
  [refused(429), undefined],
  [_.rateLimited('error', 1), 'ratelimit_backoff'],
  [_.overflowed, 'queue_overflow'],
  [_.abandoned, undefined],
  [_.gaveUp(2, refused(503)), 'send_error'],
  [_.gaveUp(2, _.unreachable('x')), 'network_error'],
]

for (const [error, expected] of REASONS) {
  reason(`${_.show(error)}: ${expected}`, () => {
    assert.is(_.discardReason(error), expected)
  })
}

reason.run()

const certificate = suite('TransportError.isCertificateError')

for (const [code, expected] of [
  ['CERT_HAS_EXPIRED', true],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', true],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', true],
  ['ERR_TLS_CERT_ALTNAME_INVALID', true],
  ['HOSTNAME_MISMATCH', true],
  ['ECONNRESET', false],
  ['', false],
] as const) {
  certificate(`${code}: ${expected}`, () => {
    assert.is(_.isCertificateError(code), expected)
  })
}

certificate.run()
