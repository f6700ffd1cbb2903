import { readFileSync } from 'node:fs'
import * as ConfigOption from '@sentry-exporter/transport/ConfigOption'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GATEWAY_DEFAULTS } from '../../src/config/component/exporterOptions.ts'
import { replaced } from '../../src/config/knownComponents.ts'
import { messages, valid } from './loading.ts'

const PAGE = readFileSync(new URL('../../../../docs/gateway.md', import.meta.url), 'utf8')

/** The blocks of this language, in their order. */
const blocks = (language: string): ReadonlyArray<string> =>
  [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, text = '']) => text,
  )

const ENV = {
  SENTRY_DSN: 'https://public_key@o1.ingest.sentry.io/42',
  SENTRY_AUTH_TOKEN: 'sntrys_0123456789abcdef',
  GATEWAY_TOKEN: 'hush',
}

const [WHOLE = '', ...PARTS] = blocks('yaml')

const documented = suite('docs/gateway.md')

documented('has a configuration that is valid as it is', async () => {
  assert.equal(await messages([`yaml:${WHOLE}`], { env: ENV }), [])
})

documented('has parts that are valid in it', async () => {
  assert.ok(PARTS.length >= 4)
  for (const part of PARTS) {
    await valid([`yaml:${WHOLE}`, `yaml:${part}`], { env: ENV })
  }
})

documented('shows messages as they are', async () => {
  const [shown = ''] = blocks('text')
  const mistaken = WHOLE.replace('environment:', 'enviroment:').replace('[otlp]', '[otpl]')
  const found = await messages(['gateway.yaml'], { env: ENV, files: { 'gateway.yaml': mistaken } })
  assert.equal(found, shown.split('\n').slice(0, 2))
  const withBatch = WHOLE.replace('exporters:\n', 'processors:\n  batch:\nexporters:\n')
  const files = {
    'gateway.yaml': withBatch.replace(
      'receivers: [otlp]',
      'receivers: [otlp]\n      processors: [batch]',
    ),
  }
  assert.equal(await messages(['gateway.yaml'], { env: ENV, files }), [shown.split('\n')[2]])
})

documented('lists the components that are accepted', () => {
  for (const [kind, components] of Object.entries(replaced)) {
    const names = Object.keys(components).map((name) => `\`${name}\``)
    if (names.length > 0) assert.ok(PAGE.includes(`| ${kind} | ${names.join(', ')} |`), kind)
  }
})

documented('has the defaults that differ from those of a program', () => {
  const rows = Object.entries(GATEWAY_DEFAULTS).map(
    ([key, value]) => `| \`${ConfigOption.collectorSpelling(key)}\` | \`${value}\` |`,
  )
  for (const row of rows) assert.ok(PAGE.includes(row), row)
})

/** The names in the first cells of the table with this heading. */
const keysOf = (heading: string): ReadonlyArray<string> =>
  PAGE.split('\n\n')
    .filter((part) => part.startsWith(`| ${heading} |`))
    .flatMap((table) => table.split('\n').slice(2))
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)])
    .map(([, name = '']) => name)

documented('names keys of a receiver that are there', async () => {
  const keys = [
    ...keysOf('key of `http`').map((key) => ['http', key]),
    ...keysOf('key of `grpc`').map((key) => ['grpc', key]),
  ]
  assert.ok(keys.length >= 20)
  for (const [protocol = '', key = ''] of keys) {
    const part = `yaml:receivers::otlp::protocols::${protocol}::${key}: `
    assert.equal(await messages([`yaml:${WHOLE}`, part], { env: ENV }), [], key)
  }
})

documented.run()
