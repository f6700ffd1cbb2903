import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/internal/NodeOptions.ts'

const TIME = 'a whole number from 1 to 2147483647'

/** Options of a program without types, and the message about them. */
const BAD: ReadonlyArray<readonly [object, string]> = [
  [{ timeoutMilis: 5 }, 'timeoutMilis: unknown, did you mean timeoutMillis?'],
  [{ timeoutMillis: Number.POSITIVE_INFINITY }, `timeoutMillis: expected ${TIME}, got Infinity`],
  [{ timeoutMillis: Number.NaN }, `timeoutMillis: expected ${TIME}, got NaN`],
  [{ timeoutMillis: 3e9 }, `timeoutMillis: expected ${TIME}, got 3000000000`],
  [{ timeoutMillis: '5' }, `timeoutMillis: expected ${TIME}`],
  [{ connections: 0 }, 'connections: expected a whole number from 1, got 0'],
  [{ connections: 1.5 }, 'connections: expected a whole number from 1, got 1.5'],
  [{ gzipFromBytes: -1 }, 'gzipFromBytes: expected a whole number from 0, or Infinity, got -1'],
  [{ insecureSkipVerify: 1 }, 'insecureSkipVerify: expected true or false, got 1'],
  [{ ca: '/etc/ssl/ca.pem' }, 'ca: expected certificates in PEM; not the name of a file'],
  [
    { ca: '-----BEGIN CERTIFICATE-----\nhush\n-----END CERTIFICATE-----' },
    'ca: expected certificates in PEM; not the name of a file',
  ],
  [
    { proxy: 'socks9://me:hush@host:1' },
    'proxy: expected the address of a proxy, such as http://proxy.example.com:3128, or false',
  ],
  [{ warn: 'no' }, 'warn: expected a function'],
  [{ 'https://key:hush@host/1': 1 }, 'https://[Filtered]@host/1: unknown'],
]

const decode = suite('NodeOptions.decode')

for (const [input, message] of BAD) {
  decode(message, () => {
    try {
      _.decode(input)
      assert.unreachable()
    } catch (error) {
      assert.is(String(error), `ConfigError: nodeHttp: ${message}`)
    }
  })
}

decode('has defaults, also for options that are undefined', () => {
  const { warn: _warn, ...options } = _.decode({ timeoutMillis: undefined, proxy: undefined })
  assert.equal(options, {
    timeoutMillis: 30_000,
    gzipFromBytes: 4096,
    connections: 8,
    insecureSkipVerify: false,
    ca: undefined,
    proxy: undefined,
  })
  assert.is(_.decode({ gzipFromBytes: Number.POSITIVE_INFINITY }).gzipFromBytes, Infinity)
  assert.is(_.decode({ proxy: 'proxy.example.com:3128' }).proxy, 'proxy.example.com:3128')
})

decode.run()
