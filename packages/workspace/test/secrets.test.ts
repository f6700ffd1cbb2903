import { inspect } from 'node:util'
import { live } from '@sentry-exporter/cli/Live'
import { main } from '@sentry-exporter/cli/Main'
import * as Check from '@sentry-exporter/exporter/Check'
import * as Config from '@sentry-exporter/exporter/Config'
import * as ConfigError from '@sentry-exporter/exporter/ConfigError'
import * as Exporter from '@sentry-exporter/exporter/Exporter'
import * as Outcome from '@sentry-exporter/exporter/Outcome'
import { systemClock } from '@sentry-exporter/transport/Clock'
import * as Delivery from '@sentry-exporter/transport/Delivery'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import { fetchHttp } from '@sentry-exporter/transport-fetch'
import { nodeHttp } from '@sentry-exporter/transport-node'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as FaultServer from '../src/faults/FaultServer.ts'
import * as TestEnvironment from '../src/TestEnvironment.ts'

/** The secret of a DSN and the password of a proxy in these tests: no output may contain it. */
const SECRET = 'hush4711'

/** Waits for nothing. */
const HASTY = { ...systemClock, sleep: () => () => Promise.resolve() }

/** All that a person or a log could see of a value. */
const seen = (value: unknown): string => {
  const shown = inspect(value, { depth: 20, showHidden: true, getters: true })
  const stack = value instanceof Error ? `${value.stack} ${value.message} ${String(value)}` : ''
  let json = ''
  try {
    json = JSON.stringify(value) ?? ''
  } catch {
    // A value that cannot be printed shows nothing.
  }
  return `${shown} ${stack} ${json} ${String(value)}`
}

const hides = (what: string, value: unknown): void => {
  assert.not(seen(value).includes(SECRET), `${what} shows the secret`)
}

/** Runs something, and gives all that was written or warned meanwhile. */
const listening = async (run: () => Promise<void>): Promise<string> => {
  let output = ''
  const streams = [process.stdout, process.stderr] as const
  const writes = streams.map((stream) => stream.write)
  const warn = (warning: Error): void => {
    output += seen(warning)
  }
  process.on('warning', warn)
  for (const stream of streams) {
    stream.write = (chunk: unknown) => {
      output += String(chunk)
      return true
    }
  }
  try {
    await run()
    await new Promise((resolve) => setImmediate(resolve))
  } finally {
    for (const [i, stream] of streams.entries()) {
      const write = writes[i]
      if (write !== undefined) stream.write = write
    }
    process.off('warning', warn)
  }
  return output
}

const secrets = suite('the secret of a DSN')

const TREE = JSON.stringify({
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: [
            {
              traceId: 'a'.repeat(32),
              spanId: 'b'.repeat(16),
              name: 'work',
              startTimeUnixNano: '1700000000000000000',
              endTimeUnixNano: '1700000000000000000',
            },
          ],
        },
      ],
    },
  ],
})

const BAD_DSNS = [
  `https://key:${SECRET}@`,
  `https://key:${SECRET}@host`,
  `https://key:${SECRET}@host/x`,
  `https://key:${SECRET}@host:99999/1`,
  `https://key:${SECRET}!@host/1`,
  `ftp://key:${SECRET}@host/1`,
  `key:${SECRET}@host/1`,
]

secrets('would be seen: in a field, in a message, in a warning', async () => {
  for (const value of [{ a: { b: SECRET } }, new Error(SECRET), new Map([[1, SECRET]])]) {
    assert.match(seen(value), SECRET)
  }
  const output = await listening(async () => {
    process.stdout.write(SECRET)
    process.emitWarning(SECRET.toUpperCase())
  })
  assert.match(output, SECRET)
  assert.match(output, SECRET.toUpperCase())
})

secrets('is in no error of a configuration, thrown or returned', () => {
  const { http } = { http: nodeHttp() }
  for (const dsn of BAD_DSNS) {
    for (const input of [
      { dsn },
      { dsn: 'https://key@host/1', routes: [{ match: { a: 1 }, dsn }] },
      { dsn: 'https://key@host/1', routes: [{ match: {}, dsn }] },
      { dsn, dns: dsn },
    ]) {
      const decoded = Config.decode(input)
      assert.is(decoded._tag, 'Left')
      hides('the error of a configuration', decoded)
      if (decoded._tag === 'Left') hides('its text', ConfigError.show(decoded.left))
      try {
        Exporter.open(input as Config.ConfigInput, http)
        assert.unreachable('it should have thrown')
      } catch (error) {
        hides('what is thrown', error)
      }
    }
  }
})

/** A DSN with a secret in the place of a name or a value of an option; `true` if it is no option at all. */
const MISPLACED: ReadonlyArray<(dsn: string) => object> = [
  (dsn) => ({ [dsn]: 1 }),
  (dsn) => ({ [dsn.toUpperCase()]: dsn }),
  ...Config.KEYS.filter((key) => key !== 'release' && key !== 'scrubKeys').map(
    (key) => (dsn: string) => ({ [key]: dsn, [`${key}X`]: dsn }),
  ),
  (dsn) => ({ routes: [dsn] }),
  (dsn) => ({ routes: [{ match: { [dsn]: {} }, dsn }] }),
  (dsn) => ({ routes: [{ match: { a: 1 }, dsn, [dsn]: 1 }] }),
  (dsn) => ({ ignoreErrors: [dsn, 5] }),
  (dsn) => ({ release: `{${dsn}` }),
]

const MAKERS: ReadonlyArray<(input: object) => unknown> = [
  (input) => Exporter.open({ dsn: 'https://key@host/1', ...input }, nodeHttp()),
  (input) => nodeHttp(input),
  (input) => fetchHttp(input),
  // The place of the Http itself.
  (input) => Exporter.open({ dsn: 'https://key@host/1' }, input as ReturnType<typeof nodeHttp>),
]

secrets('is in no error, whatever place of the options a DSN is given in', () => {
  const dsn = `https://key:${SECRET}@host/1`
  for (const misplaced of MISPLACED) {
    for (const make of MAKERS) {
      try {
        make(misplaced(dsn))
        assert.unreachable('it should have thrown')
      } catch (error) {
        assert.match(String(error), /^ConfigError: /)
        hides('what is thrown', error)
      }
    }
  }
  for (const key of ['proxy', 'ca', 'timeoutMillis', 'warn', dsn]) {
    assert.throws(
      () =>
        nodeHttp(
          Object.fromEntries([
            [key, dsn],
            [`${dsn}x`, 1],
          ]),
        ),
      (error: unknown) => {
        hides('what is thrown', error)
        return String(error).startsWith('ConfigError: nodeHttp: ')
      },
    )
  }
})

secrets('is in no configuration, delivery or exporter that is looked at', () => {
  const dsn = `https://key:${SECRET}@host/1`
  const input = { dsn, routes: [{ match: { a: 1 }, dsn }] }
  const config = Config.decode(input)
  hides('a configuration', config)
  if (config._tag === 'Left') throw new Error('a bad configuration in a test')
  const http = nodeHttp()
  const { right } = config
  const wiring = { http, clock: systemClock, client: 'me/1', dsn: right.dsn }
  hides('a delivery', Delivery.make({ ...wiring, options: right.delivery }))
  hides('an exporter', Exporter.open(input, http))
})

const FAULTS = ['Take', 'Reset', 'NoAnswer', 'Garbage', 'Status', 'WrongCertificate'] as const

for (const tag of FAULTS) {
  secrets(`is in nothing that is said or written where the server does this: ${tag}`, async () => {
    const isSecure = tag === 'WrongCertificate'
    const fault = { _tag: tag, isTaken: false, status: 403 } as const
    const server = await FaultServer.open({ next: () => fault, isSecure })
    const dsn = `${server.origin.replace('://', `://key:${SECRET}@`)}/1`
    const https = [
      () => nodeHttp({ timeoutMillis: 200 }),
      () => nodeHttp({ timeoutMillis: 200, proxy: `http://me:${SECRET}@127.0.0.1:9` }),
      () => nodeHttp({ timeoutMillis: 200, insecureSkipVerify: true }),
      () => fetchHttp({ timeoutMillis: 200 }),
      () => fetchHttp({ timeoutMillis: 200, auth: 'query' }),
      () =>
        fetchHttp({
          auth: 'query',
          fetch: async (url, init) => {
            throw new TypeError(`${url} ${JSON.stringify(init.headers)}`)
          },
        }),
    ]
    const output = await listening(async () => {
      for (const make of https) {
        const exporter = Exporter.open({ dsn, maxAttempts: 2, retryForMillis: 0 }, make())
        const outcome = await exporter.exportOtlp(TREE)
        hides('an outcome', outcome)
        hides('its text', Outcome.show(outcome))
        hides('the last outcome', await exporter.shutdown(500))
        const http = make()
        const checked = await Check.check({ http, clock: HASTY, timeoutMillis: 200 })(dsn)()
        hides('a check', checked)
        hides('its text', Check.show(checked))
        const request = {
          url: `${server.origin}/`,
          headers: { 'x-sentry-auth': `Sentry sentry_secret=${SECRET}` },
        }
        const answer = await http({ ...request, body: new Uint8Array(3) })()
        if (answer._tag === 'Left')
          hides('an error', [answer.left, TransportError.show(answer.left)])
        await http.close?.()
      }
    })
    assert.not(output.includes(SECRET), 'something that was written shows the secret')
    await server.close()
  })
}

secrets('is in nothing that the command prints', async () => {
  for (const dsn of [...BAD_DSNS, `http://key:${SECRET}@127.0.0.1:9/1`]) {
    for (const args of [
      ['--dsn', dsn],
      [dsn],
      ['--dns', dsn],
      ['--dsn', dsn, '--timeout-millis', dsn],
    ]) {
      const environment = TestEnvironment.testEnvironment({})
      await main(['check', ...args])({ ...environment, check: live.check })()
      hides('what it prints', environment.printed)
      assert.ok(environment.printed.stderr.length > 0)
    }
  }
})

secrets.run()
