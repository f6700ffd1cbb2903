import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { classify } from '../../src/internal/classify.ts'

const withCode = (code: string, name = 'Error', message = `message of ${code}`): Error =>
  Object.assign(new Error(message), { code, name })

const failed = (cause: Error): TypeError => new TypeError('fetch failed', { cause })

const unreachable = (reason: string): object => ({ _tag: 'Unreachable', reason })
const untrusted = (reason: string): object => ({ _tag: 'Untrusted', reason })
const timedOut = { _tag: 'TimedOut', afterMillis: 7 }

const SELF_SIGNED = 'DEPTH_ZERO_SELF_SIGNED_CERT'
const DENO =
  'error sending request: client error (Connect): invalid peer certificate: UnknownIssuer'

const ROWS: ReadonlyArray<readonly [string, unknown, object]> = [
  ['Node: refused', failed(withCode('ECONNREFUSED')), unreachable('ECONNREFUSED')],
  ['Node: no such host', failed(withCode('ENOTFOUND')), unreachable('ENOTFOUND')],
  [
    'Node: broken',
    failed(withCode('UND_ERR_SOCKET', 'SocketError')),
    unreachable('UND_ERR_SOCKET'),
  ],
  ['Node: self-signed', failed(withCode(SELF_SIGNED)), untrusted(SELF_SIGNED)],
  ['Node: slow to connect', failed(withCode('UND_ERR_CONNECT_TIMEOUT')), timedOut],
  ['Node: slow to answer', failed(withCode('UND_ERR_HEADERS_TIMEOUT')), timedOut],
  [
    'Node: several addresses',
    failed(new AggregateError([withCode('ECONNREFUSED'), withCode('ENETUNREACH')])),
    unreachable('ECONNREFUSED'),
  ],
  ['node-fetch: refused', withCode('ECONNREFUSED', 'FetchError'), unreachable('ECONNREFUSED')],
  ['node-fetch: self-signed', withCode(SELF_SIGNED, 'FetchError'), untrusted(SELF_SIGNED)],
  ['node-fetch: system timeout', withCode('ETIMEDOUT', 'FetchError'), timedOut],
  ['node-fetch: aborted', Object.assign(new Error('x'), { name: 'AbortError' }), timedOut],
  ['workerd: lost', new Error('Network connection lost.'), unreachable('Network connection lost.')],
  ['browsers: failed', new TypeError('Failed to fetch'), unreachable('Failed to fetch')],
  ['Deno: certificate', new TypeError(DENO), untrusted(DENO)],
  ['Bun: refused', withCode('ConnectionRefused'), unreachable('ConnectionRefused')],
  ['aborted', new DOMException('x', 'AbortError'), timedOut],
  ['too late', new DOMException('x', 'TimeoutError'), timedOut],
  [
    'too late, with a cause',
    Object.assign(new Error('x', { cause: withCode('ECONNRESET') }), { name: 'TimeoutError' }),
    timedOut,
  ],
  ['of another realm', { name: 'TypeError', message: 'odd' }, unreachable('odd')],
  ['no message', new Error(''), unreachable('unknown failure')],
  ['no error', 'odd', unreachable('unknown failure')],
  ['nothing', undefined, unreachable('unknown failure')],
]

const table = suite('classify')

for (const [name, cause, expected] of ROWS) {
  table(name, () => {
    assert.equal(classify(7)(cause), expected)
  })
}

table('shows no secret, wherever it is', () => {
  for (const cause of [new Error('a hush b'), new TypeError('x', { cause: new Error('hush') })]) {
    assert.equal(classify(7, ['', 'hush'])(cause), unreachable('unknown failure'))
  }
})

table('terminates for an error that is its own cause', () => {
  const error = new Error('round')
  error.cause = error
  assert.equal(classify(7)(error), unreachable('round'))
})

table.run()
