import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { logBody as _ } from '../../src/log/logBody.ts'
import type { LogRecord } from '../../src/model/LogRecord.ts'

const logBody = suite('logBody')

const ROWS: ReadonlyArray<readonly [Partial<LogRecord>, string]> = [
  [{ body: 'a\nb' }, 'a\nb'],
  [{ body: '' }, ''],
  [{ body: '', eventName: 'exception' }, ''],
  [{ body: 7 }, '7'],
  [{ body: 1.5 }, '1.5'],
  [{ body: Number.NaN }, 'NaN'],
  [{ body: false }, 'false'],
  [{ body: 2n ** 63n - 1n }, '9223372036854775807'],
  [{ body: Uint8Array.of(1) }, 'AQ=='],
  [{ body: [] }, '[]'],
  [{ body: [1, ['a', null]] }, '[1,["a",null]]'],
  [{ body: {} }, '{}'],
  [{ body: { a: { b: 2n ** 60n } } }, '{"a":{"b":"1152921504606846976"}}'],
  [{ body: null }, ''],
  [{ body: null, eventName: 'user.login' }, 'user.login'],
  [
    { body: null, eventName: 'user.login', attributes: { 'exception.message': 'no' } },
    'user.login',
  ],
  [{ body: null, attributes: { 'exception.message': 'no', 'exception.type': 'A' } }, 'no'],
  [{ body: null, attributes: { 'exception.message': '', 'exception.type': 'A' } }, 'A'],
  [{ body: null, attributes: { 'exception.message': 7 } }, ''],
]

for (const [fields, expected] of ROWS) {
  const title = JSON.stringify(fields, (_key, one) => (typeof one === 'bigint' ? `${one}n` : one))
  logBody(`${title}: ${JSON.stringify(expected)}`, () => {
    assert.is(_({ body: null, attributes: {}, ...fields }), expected)
  })
}

logBody('ends for a body of many levels', () => {
  let deep: LogRecord['body'] = 'x'
  for (let level = 0; level < 10_000; level++) deep = [deep]
  assert.match(_({ body: deep, attributes: {} }), 'nested too deeply')
})

logBody.run()
