import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Check } from '@sentry-exporter/exporter/Check'
import * as TestEnvironment from '@sentry-exporter/workspace/TestEnvironment'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { CheckOptions } from '../../src/Capabilities.ts'
import { live } from '../../src/Live.ts'
import { main } from '../../src/Main.ts'

const check = suite('check')

const run = async (
  args: ReadonlyArray<string>,
  result: Check = { _tag: 'Ok' },
  dsn?: string,
): Promise<{
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  readonly asked: ReadonlyArray<CheckOptions>
}> => {
  const asked: Array<CheckOptions> = []
  const environment = TestEnvironment.testEnvironment({})
  const code = await main(['check', ...args])({
    ...environment,
    variable: (name) => (name === 'SENTRY_DSN' ? dsn : undefined),
    check: (options) => async () => {
      asked.push(options)
      return result
    },
  })()
  return { code, ...environment.printed, asked }
}

check('reads the DSN from an option or from the environment', async () => {
  const options = { insecureSkipVerify: false, timeoutMillis: 10_000 }
  assert.equal((await run(['--dsn', 'a'])).asked, [{ dsn: 'a', ...options }])
  assert.equal((await run([], undefined, 'b')).asked, [{ dsn: 'b', ...options }])
  const asked = await run(['--dsn', 'a', '--insecure-skip-verify', '--timeout-millis', '5'])
  assert.equal(asked.asked, [{ dsn: 'a', insecureSkipVerify: true, timeoutMillis: 5 }])
})

const answer = { status: 403, rateLimits: undefined, retryAfter: undefined }

const ENDS: ReadonlyArray<readonly [Check, number]> = [
  [{ _tag: 'Ok' }, 0],
  [{ _tag: 'Limited' }, 1],
  [{ _tag: 'BadDsn', error: { _tag: 'NoHost' } }, 2],
  [{ _tag: 'Unreachable', reason: 'ECONNREFUSED' }, 2],
  [{ _tag: 'WrongKey', answer }, 2],
]

for (const [result, code] of ENDS) {
  check(`ends with ${code} for ${result._tag}`, async () => {
    const ended = await run(['--dsn', 'a'], result)
    assert.is(ended.code, code)
    assert.is((code === 0 ? ended.stdout : ended.stderr).split('\n').length, 2)
  })
}

check('ends with 2 for unknown arguments, and prints none of them', async () => {
  for (const args of [
    ['--dns', 'https://key:hush@host/1'],
    ['hush'],
    ['--timeout-millis', '0'],
    [],
  ]) {
    const ended = await run(args)
    assert.is(ended.code, 2)
    assert.match(ended.stderr, 'Usage: sentry-exporter check')
    assert.not.match(ended.stderr, 'hush')
  }
  assert.is((await run(['--help'])).code, 0)
})

check('asks a real server', async () => {
  const server = createServer((request, response) => {
    const isKnown = request.url === '/api/1/envelope/'
    const detail = 'event submission rejected with_reason: ProjectId'
    request
      .resume()
      .on('end', () =>
        response.writeHead(isKnown ? 200 : 403).end(isKnown ? '{}' : JSON.stringify({ detail })),
      )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const options = { insecureSkipVerify: false, timeoutMillis: 5_000 }
  const of = (dsn: string): Promise<Check> => live.check({ dsn, ...options })()
  assert.is((await of(`http://key@127.0.0.1:${port}/1`))._tag, 'Ok')
  assert.is((await of(`http://key@127.0.0.1:${port}/2`))._tag, 'WrongProject')
  await new Promise((resolve) => server.close(resolve))
  assert.is((await of(`http://key@127.0.0.1:${port}/1`))._tag, 'Unreachable')
})

check.run()
