import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawTransaction, Sink } from '@sentry-exporter/cli'
import { Gateway, GatewayConfig } from '@sentry-exporter/gateway'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import { guideVariables } from '../../src/campaigns/producers/guideVariables.ts'
import * as Fence from '../../src/codeBlocks/Fence.ts'
import { root } from '../../src/lint/Workspace.ts'

const GUIDE = 'docs/guides/gateway.md'

const guide = readFileSync(join(root, GUIDE), 'utf8')

/** The block of this language below a heading. */
const blockOf = (heading: string, language: string): string => {
  const [, part = ''] = guide.split(`\n## ${heading}\n`)
  const [section = ''] = part.split('\n## ')
  const found = Fence.parse(GUIDE, section).find((fence) => fence.language === language)
  if (found === undefined) throw new Error(`${GUIDE}: no ${language} below "${heading}"`)
  return found.text
}

/** The body in a call of curl, as a shell passes it on. */
const bodyOf = (call: string): string => {
  const [, body = ''] = /-d '(.*)'\s*$/s.exec(call) ?? []
  return body.replaceAll("'$now'", String(Math.floor(Date.now() / 1_000)))
}

/** The ports are any free ones, and nothing is waited for. */
const SETS = [
  'receivers.otlp.protocols.http.endpoint=127.0.0.1:0',
  'receivers.otlp.protocols.grpc.endpoint=127.0.0.1:0',
  'extensions.health_check.endpoint=127.0.0.1:0',
  'service.telemetry.metrics.level=none',
  'service.telemetry.logs.level=error',
  'exporters.sentry.settle_millis=0',
]

const steps = suite(GUIDE)

steps(
  'the request of step 3 through the file of step 2 gives the line that the guide shows',
  async () => {
    const lines: Array<string> = []
    const sink = await Sink.open({
      port: 0,
      onEnvelope: ({ items }) => {
        for (const { payload } of items) {
          const transaction = JSON.parse(new TextDecoder().decode(payload))
          lines.push(...drawTransaction(transaction, { columns: 100, children: 0 }))
        }
      },
      page: () => '',
    })
    const loaded = await GatewayConfig.load(
      { configs: [`yaml:${blockOf('2. Start the gateway', 'yaml')}`], sets: SETS, dsn: undefined },
      {
        ...GatewayConfig.liveCapabilities,
        env: (name) => (name === 'SENTRY_DSN' ? sink.dsn : undefined),
      },
    )
    if (E.isLeft(loaded)) throw new Error('the configuration of the guide is not valid')
    const started = await Gateway.start(loaded.right.config, Gateway.liveCapabilities)
    if (E.isLeft(started)) throw new Error('the gateway of the guide does not start')
    const http = started.right.listening.find(({ what }) => what === 'otlp http')?.address
    const answer = await fetch(
      `http://127.0.0.1:${http?._tag === 'Tcp' ? http.port : 0}/v1/traces`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: bodyOf(blockOf('3. Send a span', 'sh')),
      },
    )
    assert.is(await answer.text(), '{}')
    await started.right.stop()
    await sink.close()
    assert.equal(lines, [blockOf('3. Send a span', 'text').trim()])
  },
)

steps.run()

const languages = suite(`${GUIDE}: languages`)

for (const language of ['Python', 'Go', 'Java', '.NET', 'Ruby', 'PHP', 'Node', 'Deno']) {
  languages(`the variables of ${language} send to the port that the protocol has`, () => {
    const variables = guideVariables(language)
    const port = variables['OTEL_EXPORTER_OTLP_PROTOCOL'] === 'grpc' ? 4317 : 4318
    assert.is(variables['OTEL_EXPORTER_OTLP_ENDPOINT'], `http://127.0.0.1:${port}`)
    assert.is(variables['OTEL_SERVICE_NAME'], 'shop')
    // Those that the table above the languages explains, and those that turn an SDK on.
    const [table = ''] = guide.split('\n### ')
    const unknown = Object.keys(variables).filter(
      (name) =>
        !table.includes(`| \`${name}\` |`) &&
        !['OTEL_DENO', 'OTEL_PHP_AUTOLOAD_ENABLED', 'OTEL_TRACES_EXPORTER'].includes(name),
    )
    assert.equal(unknown, [])
  })
}

languages.run()
