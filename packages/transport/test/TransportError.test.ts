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

const show = suite('TransportError.show')

show('says what to do where that is known', () => {
  assert.match(_.show(refused(401)), 'check the DSN')
  assert.is(_.show(refused(500)), 'Sentry refused with status 500')
  assert.is(_.show(_.unreachable('ECONNREFUSED')), 'could not reach Sentry: ECONNREFUSED')
})

show.run()
