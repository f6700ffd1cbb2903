import * as Outcome from '@sentry-exporter/exporter/Outcome'
import type { Gateway, GatewayConfig } from '@sentry-exporter/gateway'
import * as TestEnvironment from '@sentry-exporter/workspace/TestEnvironment'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as TE from '#fp-ts/TaskEither'
import type { Capabilities } from '../../src/Capabilities.ts'
import { live } from '../../src/Live.ts'
import { main } from '../../src/Main.ts'

const DSN = 'https://key:hush@sentry.example.com/1'

const YAML = `yaml:
receivers: { otlp: { protocols: { http: } } }
exporters: { sentry: { dsn: '${DSN}' } }
service: { pipelines: { traces: { receivers: [otlp], exporters: [sentry] } } }`

interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  readonly sources: ReadonlyArray<GatewayConfig.ConfigSources>
  readonly stops: number
  readonly reloads: number
}

/** `signals` are the numbers of SIGHUP before the gateway has started, and while it runs. */
const run = async (
  args: ReadonlyArray<string>,
  start?: Capabilities['startGateway'],
  signals: readonly [before: number, during: number] = [0, 0],
): Promise<Ran> => {
  const environment = TestEnvironment.testEnvironment({})
  const sources: Array<GatewayConfig.ConfigSources> = []
  let [stops, reloads] = [0, 0]
  let onSignal: () => void = () => undefined
  const send = (count: number): void => {
    for (let n = 0; n < count; n++) onSignal()
  }
  const report: Gateway.GatewayReport = {
    outcomes: [{ id: 'sentry', outcome: { ...Outcome.Monoid.empty, spansIn: 3 } }],
  }
  const gateway: Gateway.Gateway = {
    listening: [],
    report: () => report,
    reload: async (load) => {
      reloads++
      const loaded = await load()
      return loaded._tag === 'Left'
        ? { _tag: 'Invalid', problems: loaded.left }
        : { _tag: 'Applied', changes: [] }
    },
    stop: async () => {
      stops++
      return report
    },
  }
  const code = await main(args)({
    ...environment,
    loadConfig: (given) => {
      sources.push(given)
      return live.loadConfig(given)
    },
    startGateway:
      start ??
      (() => {
        send(signals[0])
        return TE.right(gateway)
      }),
    onHangup: (react) => {
      onSignal = react
    },
    interrupted: async () => send(signals[1]),
  })()
  return { code, ...environment.printed, sources, stops, reloads }
}

const serve = suite('serve')

serve('runs until it is interrupted, stops the gateway and prints its outcome', async () => {
  const { code, stdout, stops } = await run(['serve', '--config', YAML])
  assert.equal([code, stops], [0, 1])
  assert.match(stdout, 'valid: traces: otlp -> sentry\n')
  assert.match(stdout, 'sentry: 3 spans in')
  assert.not.match(stdout, 'hush')
})

serve(
  'loads the same sources again at SIGHUP, also at one that came before it had started',
  async () => {
    const running = await run(['serve', '--config', YAML], undefined, [0, 2])
    assert.equal([running.code, running.reloads, running.stops], [0, 2, 1])
    const early = await run(['serve', '--config', YAML], undefined, [3, 0])
    assert.is(early.reloads, 1)
    assert.equal(early.sources, [early.sources[0], early.sources[0]])
  },
)

serve('takes several sources, settings and a DSN', async () => {
  const args = ['--config', 'a', '--config', 'b', '--set', 'x=1', '--set', 'y=2', '--dsn', DSN]
  const { sources } = await run(['serve', ...args])
  assert.equal(sources, [{ configs: ['a', 'b'], sets: ['x=1', 'y=2'], dsn: DSN }])
})

serve('needs no configuration with a DSN', async () => {
  const { code, stdout } = await run(['serve', '--dsn', DSN])
  assert.is(code, 0)
  assert.match(stdout, 'traces: otlp -> sentry; logs: otlp -> sentry')
})

serve('prints all problems of a configuration, and starts nothing', async () => {
  const bad = YAML.replace('dsn:', 'dns:').replace('http:', 'htp:')
  const { code, stderr, stops } = await run(['serve', '--config', bad])
  assert.equal([code, stops], [2, 0])
  assert.match(stderr, 'did you mean dsn?')
  assert.match(stderr, 'did you mean http?')
  assert.not.match(stderr, 'hush')
})

serve('prints why it cannot start', async () => {
  const { code, stderr } = await run(['serve', '--config', YAML], () =>
    TE.left(['otlp http: 127.0.0.1:4318 is in use by another process']),
  )
  assert.is(code, 2)
  assert.match(stderr, '4318 is in use')
})

serve('does not repeat wrong arguments, which may be secret', async () => {
  const { code, stderr } = await run(['serve', DSN])
  assert.is(code, 2)
  assert.match(stderr, 'expected --config SOURCE, --set KEY=VALUE, --dsn DSN and nothing else\n')
  assert.not.match(stderr, 'hush')
})

serve.run()

const check = suite('check --config')

check('shows the pipelines of a valid configuration, and starts nothing', async () => {
  const { code, stdout } = await run(['check', '--config', YAML])
  assert.equal([code, stdout], [0, 'valid: traces: otlp -> sentry\n'])
})

check('prints notes beside a valid configuration', async () => {
  const noted = YAML.replace('service: {', 'processors: { batch: }\nservice: {').replace(
    'receivers: [otlp]',
    'receivers: [otlp], processors: [batch]',
  )
  const { code, stderr } = await run(['check', '--config', noted])
  assert.is(code, 0)
  assert.match(stderr, 'note: ')
})

check('ends with 2 for an invalid one', async () => {
  const { code, stdout, stderr } = await run(['check', '--config', 'no/such/file.yaml'])
  assert.equal([code, stdout], [2, ''])
  assert.match(stderr, 'no/such/file.yaml')
})

check.run()
