import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Gateway, GatewayConfig, type ReceiverConfig } from '@sentry-exporter/gateway'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseAllDocuments } from 'yaml'
import * as E from '#fp-ts/Either'
import * as CommandLine from '../../src/codeBlocks/CommandLine.ts'
import * as Configuration from '../../src/codeBlocks/Configuration.ts'
import { root } from '../../src/lint/Workspace.ts'

const FOLDER = 'docs/guides/deploy'

const read = (name: string): string => readFileSync(join(root, FOLDER, name), 'utf8')

const cli = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8'))

const DSN = 'https://key@sentry.example.com/42'

const gatewayOf = async (
  yaml: string,
  sets: ReadonlyArray<string> = [],
): Promise<GatewayConfig.GatewayConfig> => {
  const loaded = await GatewayConfig.load(
    { configs: [`yaml:${yaml}`], sets, dsn: undefined },
    { env: () => DSN, readFile: async () => E.left('no file') },
  )
  if (E.isLeft(loaded)) throw new Error(JSON.stringify(loaded.left))
  assert.equal(loaded.right.notes, [])
  return loaded.right.config
}

/** The ports that listen for other machines, by their names in the manifest. */
const openPorts = (config: GatewayConfig.GatewayConfig): ReadonlyMap<string, number> => {
  const ports = new Map<string, number>()
  const add = (name: string, endpoint: ReceiverConfig.Endpoint | undefined): void => {
    if (endpoint?._tag === 'Tcp' && endpoint.host === '0.0.0.0') ports.set(name, endpoint.port)
  }
  for (const { config: receiver } of config.receivers) {
    add('otlp-grpc', receiver.grpc?.endpoint)
    add('otlp-http', receiver.http?.endpoint)
  }
  for (const { endpoint } of config.healthChecks) add('health', endpoint)
  add('metrics', config.telemetry.metricsEndpoint)
  return ports
}

/** A value inside of a document. */
const at = (value: unknown, ...keys: ReadonlyArray<string | number>): unknown =>
  keys.reduce<unknown>((inner, key) => Object(inner)[key], value)

const listOf = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

/** Seconds in `25s`. */
const seconds = (text: unknown): number => Number(/^(\d+)s$/.exec(String(text))?.[1])

const kubernetes = suite(`${FOLDER}/kubernetes.yaml`)

const documents = parseAllDocuments(read('kubernetes.yaml'), { uniqueKeys: true, strict: true })

const manifest = (kind: string): unknown => {
  const found = documents.map((one) => one.toJS()).find((one) => one.kind === kind)
  assert.ok(found, kind)
  return found
}

const yaml = (): string => String(at(manifest('ConfigMap'), 'data', 'gateway.yaml'))

const pod = (): unknown => at(manifest('Deployment'), 'spec', 'template', 'spec')

const container = (): unknown => at(pod(), 'containers', 0)

kubernetes('has valid documents, and one selector for all', () => {
  assert.equal(
    documents.flatMap(({ errors }) => errors),
    [],
  )
  const labels = at(manifest('Deployment'), 'spec', 'template', 'metadata', 'labels')
  assert.equal(at(manifest('Service'), 'spec', 'selector'), labels)
  assert.equal(at(manifest('Deployment'), 'spec', 'selector', 'matchLabels'), labels)
  assert.equal(at(manifest('PodDisruptionBudget'), 'spec', 'selector', 'matchLabels'), labels)
})

kubernetes(
  'the gateway reads its configuration without a note, and listens on the named ports',
  async () => {
    const ports = openPorts(await gatewayOf(yaml()))
    assert.equal(
      [...ports].sort(),
      listOf(at(container(), 'ports'))
        .map((one) => [at(one, 'name'), at(one, 'containerPort')])
        .sort(),
    )
    for (const one of listOf(at(manifest('Service'), 'spec', 'ports'))) {
      assert.is(at(one, 'port'), ports.get(String(at(one, 'name'))))
    }
    const annotations = at(manifest('Deployment'), 'spec', 'template', 'metadata', 'annotations')
    assert.is(at(annotations, 'prometheus.io/port'), String(ports.get('metrics')))
  },
)

kubernetes('the probes and the metrics are answered at their paths', async () => {
  const sets = [
    'receivers.otlp.protocols.http.endpoint=127.0.0.1:0',
    'receivers.otlp.protocols.grpc.endpoint=127.0.0.1:0',
    'extensions.health_check.endpoint=127.0.0.1:0',
    'service.telemetry.metrics.readers=[{pull: {exporter: {prometheus: {host: 127.0.0.1, port: 0}}}}]',
  ]
  const started = await Gateway.start(await gatewayOf(yaml(), sets), {
    ...Gateway.liveCapabilities,
    writeLog: () => undefined,
  })
  if (E.isLeft(started)) throw new Error('it does not start')
  const statusOf = async (what: string, path: unknown): Promise<number> => {
    const address = started.right.listening.find((one) => one.what === what)?.address
    const port = address?._tag === 'Tcp' ? address.port : 0
    return (await fetch(`http://127.0.0.1:${port}${path}`)).status
  }
  const annotations = at(manifest('Deployment'), 'spec', 'template', 'metadata', 'annotations')
  for (const probe of ['livenessProbe', 'readinessProbe']) {
    assert.is(at(container(), probe, 'httpGet', 'port'), 'health')
    const path = at(container(), probe, 'httpGet', 'path')
    assert.is(await statusOf('health check', path), 200, probe)
  }
  assert.is(await statusOf('metrics', at(annotations, 'prometheus.io/path')), 200)
  await started.right.stop()
})

kubernetes('the time to end has room for preStop and for the shutdown of the gateway', async () => {
  const { shutdownTimeoutMillis } = await gatewayOf(yaml())
  const [program, waits] = listOf(at(container(), 'lifecycle', 'preStop', 'exec', 'command'))
  assert.is(program, 'sleep')
  const grace = Number(at(pod(), 'terminationGracePeriodSeconds'))
  assert.ok(grace > Number(waits) + shutdownTimeoutMillis / 1_000)
  // The Collector asks for the addresses so often, and DNS remembers them for five seconds.
  const interval = seconds(
    at(collector(), 'exporters', 'loadbalancing', 'resolver', 'dns', 'interval'),
  )
  assert.ok(Number(waits) >= interval + 5)
  assert.ok(Number(at(manifest('Deployment'), 'spec', 'minReadySeconds')) >= interval + 5)
})

kubernetes(
  'the command has arguments that it accepts, and the file is where it is mounted',
  async () => {
    const words = listOf(at(container(), 'args')).map(String)
    assert.is(await CommandLine.problemOf({ path: FOLDER, line: 1, words }), undefined)
    const folder = String(at(container(), 'volumeMounts', 0, 'mountPath'))
    assert.is(words.at(-1), `${folder}/gateway.yaml`)
    const names = listOf(at(container(), 'env')).map((one) => at(one, 'name'))
    assert.equal(names, ['SENTRY_DSN', 'NODE_OPTIONS'])
    assert.is(at(container(), 'securityContext', 'readOnlyRootFilesystem'), true)
  },
)

kubernetes('the heap of Node is below the limit of the memory', () => {
  const heap = /--max-old-space-size=(\d+)/.exec(String(at(container(), 'env', 1, 'value')))
  assert.is(at(container(), 'resources', 'limits', 'memory'), '1Gi')
  assert.ok(Number(heap?.[1]) < 1024 * 0.75)
})

kubernetes.run()

const inFront = suite(`${FOLDER}/collector.yaml`)

const collector = (): unknown => parseAllDocuments(read('collector.yaml'))[0]?.toJS()

inFront('divides traces by their id among the replicas of the manifest', async () => {
  const [found] = Configuration.among([
    {
      path: 'collector.yaml',
      line: 1,
      language: 'yaml',
      words: ['collector'],
      text: read('collector.yaml'),
    },
  ])
  assert.ok(found)
  assert.is(await Configuration.mismatch(found, ''), undefined)
  const exporter = at(collector(), 'exporters', 'loadbalancing')
  assert.is(at(exporter, 'routing_key'), 'traceID')
  const { hostname, port } = Object(at(exporter, 'resolver', 'dns'))
  const service = at(manifest('Service'), 'metadata', 'name')
  assert.is(hostname.split('.')[0], service)
  assert.is(at(manifest('Service'), 'spec', 'clusterIP'), 'None')
  assert.is(port, String(openPorts(await gatewayOf(yaml())).get('otlp-grpc')))
})

inFront('sends with a compression that the gateway takes', async () => {
  const exporter = at(collector(), 'exporters', 'loadbalancing', 'protocol', 'otlp')
  assert.is(at(exporter, 'compression'), 'gzip')
})

inFront.run()

const unit = suite(`${FOLDER}/sentry-exporter.service`)

/** The values of a key, in their order. */
const valuesOf = (key: string): ReadonlyArray<string> =>
  read('sentry-exporter.service')
    .split('\n')
    .filter((line) => line.startsWith(`${key}=`))
    .map((line) => line.slice(key.length + 1))

unit('has sections and keys with values', () => {
  const lines = read('sentry-exporter.service')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  const odd = lines.filter((line) => !/^\[(?:Unit|Service|Install)\]$|^[A-Z]\w+=/.test(line))
  assert.equal(odd, [])
})

unit(
  'runs commands that have arguments that they accept, with the configuration beside it',
  async () => {
    const commands = [...valuesOf('ExecStartPre'), ...valuesOf('ExecStart')]
    assert.is(commands.length, 2)
    for (const command of commands) {
      const [program, ...words] = command.split(' ')
      assert.is(program, '/usr/bin/sentry-exporter')
      assert.is(await CommandLine.problemOf({ path: FOLDER, line: 1, words }), undefined)
      assert.is(words.at(-1), '/etc/sentry-exporter/gateway.yaml')
    }
    assert.match(read('gateway.yaml'), '/etc/sentry-exporter/gateway.yaml')
  },
)

unit('has a configuration that is valid, and listens on this machine only', async () => {
  const config = await gatewayOf(read('gateway.yaml'))
  assert.equal([...openPorts(config)], [])
  assert.ok(seconds(valuesOf('TimeoutStopSec')[0]) > config.shutdownTimeoutMillis / 1_000)
})

unit.run()

const image = suite(`${FOLDER}/Containerfile`)

const instructions = (): ReadonlyArray<readonly [string, string]> =>
  read('Containerfile')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [line.split(' ')[0] ?? '', line.slice(line.indexOf(' ') + 1)] as const)

const instruction = (name: string): string =>
  instructions().find(([one]) => one === name)?.[1] ?? ''

image('installs the package of the command, on a version of Node that it supports', () => {
  const [, version] = /^node:(\d+)-/.exec(instruction('FROM')) ?? []
  assert.match(cli.engines.node, `>=${version}.`)
  assert.match(instruction('RUN'), `${cli.name}@\${VERSION}`)
  assert.is(instruction('ARG'), `VERSION=${cli.version}`)
})

image('runs the command of the package, with arguments that it accepts', async () => {
  const [program, ...first] = JSON.parse(instruction('ENTRYPOINT'))
  assert.ok(Object.hasOwn(cli.bin, program))
  const words = [...first, ...JSON.parse(instruction('CMD'))]
  assert.equal(words, listOf(at(container(), 'args')))
  assert.is(await CommandLine.problemOf({ path: FOLDER, line: 1, words }), undefined)
})

image('names the ports of the gateway, and runs as another user than root', async () => {
  const ports = openPorts(await gatewayOf(yaml()))
  assert.equal(instruction('EXPOSE').split(' ').map(Number).sort(), [...ports.values()].sort())
  assert.is(instruction('USER'), 'node')
  assert.match(instruction('HEALTHCHECK'), `127.0.0.1:${ports.get('health')}/healthz`)
  assert.is(at(pod(), 'securityContext', 'runAsUser'), 1000)
})

image('has only instructions of a container file', () => {
  const known = 'ARG CMD ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK RUN USER'.split(' ')
  assert.equal(
    instructions().filter(([name]) => !known.includes(name)),
    [],
  )
})

image.run()
