import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/internal/FetchOptions.ts'

const TIME = 'a whole number from 1 to 2147483647'

/** Options of a program without types, and the message about them. */
const BAD: ReadonlyArray<readonly [object, string]> = [
  [{ timeoutMilis: 5 }, 'timeoutMilis: unknown, did you mean timeoutMillis?'],
  [{ timeoutMillis: Number.POSITIVE_INFINITY }, `timeoutMillis: expected ${TIME}, got Infinity`],
  [{ timeoutMillis: -1 }, `timeoutMillis: expected ${TIME}, got -1`],
  [{ fetch: {} }, 'fetch: expected a function, got an object'],
  [{ auth: 'hush' }, 'auth: expected "header" or "query"'],
  [{ keepalive: 'yes' }, 'keepalive: expected true or false'],
]

const decode = suite('FetchOptions.decode')

for (const [input, message] of BAD) {
  decode(message, () => {
    try {
      _.decode(input)
      assert.unreachable()
    } catch (error) {
      assert.is(String(error), `ConfigError: fetchHttp: ${message}`)
    }
  })
}

decode('has the defaults of the platform, also for options that are undefined', () => {
  const options = _.decode({ timeoutMillis: undefined, auth: undefined, keepalive: undefined })
  assert.equal(
    [options.timeoutMillis, options.auth, options.keepalive, options.gzipFromBytes],
    [30_000, 'header', false, 4096],
  )
})

decode.run()
