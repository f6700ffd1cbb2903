import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { classify } from '../../src/internal/classify.ts'

const withCode = (code: string, name = 'Error'): Error =>
  Object.assign(new Error(`message of ${code}`), { code, name })

const ROWS: ReadonlyArray<readonly [string, unknown, object]> = [
  ['refused', withCode('ECONNREFUSED'), { _tag: 'Unreachable', reason: 'ECONNREFUSED' }],
  ['reset', withCode('ECONNRESET'), { _tag: 'Unreachable', reason: 'ECONNRESET' }],
  ['no such host', withCode('ENOTFOUND'), { _tag: 'Unreachable', reason: 'ENOTFOUND' }],
  [
    'socket closed',
    withCode('UND_ERR_SOCKET', 'SocketError'),
    { _tag: 'Unreachable', reason: 'UND_ERR_SOCKET' },
  ],
  ['slow to connect', withCode('UND_ERR_CONNECT_TIMEOUT'), { _tag: 'TimedOut', afterMillis: 7 }],
  ['slow to answer', withCode('UND_ERR_HEADERS_TIMEOUT'), { _tag: 'TimedOut', afterMillis: 7 }],
  [
    'aborted by its time limit',
    new DOMException('x', 'TimeoutError'),
    { _tag: 'TimedOut', afterMillis: 7 },
  ],
  ['destroyed', withCode('UND_ERR_DESTROYED'), { _tag: 'Closed' }],
  [
    'self-signed',
    withCode('DEPTH_ZERO_SELF_SIGNED_CERT'),
    { _tag: 'Untrusted', reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
  ],
  ['expired', withCode('CERT_HAS_EXPIRED'), { _tag: 'Untrusted', reason: 'CERT_HAS_EXPIRED' }],
  [
    'wrong name',
    withCode('ERR_TLS_CERT_ALTNAME_INVALID'),
    { _tag: 'Untrusted', reason: 'ERR_TLS_CERT_ALTNAME_INVALID' },
  ],
  [
    'unknown issuer',
    withCode('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
    { _tag: 'Untrusted', reason: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
  ],
  [
    'several addresses',
    new AggregateError([withCode('ECONNREFUSED')]),
    { _tag: 'Unreachable', reason: 'ECONNREFUSED' },
  ],
  [
    'a cause below',
    new TypeError('failed', { cause: withCode('EPIPE') }),
    { _tag: 'Unreachable', reason: 'EPIPE' },
  ],
  [
    'a proxy that refuses',
    new Error('Proxy response (407) !== 200 when HTTP Tunneling'),
    { _tag: 'Unreachable', reason: 'the proxy answered with status 407' },
  ],
  ['no code', new Error('odd'), { _tag: 'Unreachable', reason: 'odd' }],
  ['no error', 'odd', { _tag: 'Unreachable', reason: 'unknown failure' }],
]

const table = suite('classify')

for (const [name, cause, expected] of ROWS) {
  table(name, () => {
    assert.equal(classify(7)(cause), expected)
  })
}

table.run()
