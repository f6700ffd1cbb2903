import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as Batch from '@sentry-exporter/core/Batch'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Operation from '@sentry-exporter/core/Operation'
import { AttributePlan } from '@sentry-exporter/core/pipeline'
import * as Sensitive from '@sentry-exporter/core/Sensitive'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Config from '@sentry-exporter/exporter/Config'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import { root } from '../src/lint/Workspace.ts'
import * as Recorded from '../src/Recorded.ts'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error('bad input in a test')
  return either.right
}

const losses = suite('docs/losses.md')

losses('has an entry for each reason, in the right table, and no other', () => {
  const [, spans = '', repairs = '', exceptions = '', metrics = '', inputs = ''] =
    read('docs/losses.md').split('\n## ')
  const named = (text: string): ReadonlyArray<string> =>
    [...text.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name ?? '').sort()
  assert.equal(named(spans), Losses.reasons.filter(Losses.costsSpan).sort())
  const others = Losses.reasons.filter((reason) => !Losses.costsSpan(reason))
  const isOfException = (reason: string): boolean => /^error_|_(?:error|log|record)$/.test(reason)
  const isOfMetric = (reason: string): boolean => /(?:^|_)metric(?:_|$)/.test(reason)
  const isOfInput = (reason: string): boolean => reason === 'invalid_request'
  const isOfSpan = (reason: string): boolean =>
    !isOfException(reason) && !isOfMetric(reason) && !isOfInput(reason)
  assert.equal(named(repairs), others.filter(isOfSpan).sort())
  assert.equal(named(metrics), others.filter(isOfMetric).sort())
  assert.equal(named(inputs), others.filter(isOfInput).sort())
  assert.equal(named(exceptions), others.filter(isOfException).sort())
})

losses.run()

const transformation = suite('docs/transformation.md')

/** Names of fields in JSON, without those inside of maps that users fill. */
const fieldsOf = (value: unknown, open: ReadonlySet<string>): ReadonlyArray<string> => {
  if (Array.isArray(value)) return value.flatMap((one) => fieldsOf(one, open))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [
    key,
    ...(open.has(key) ? [] : fieldsOf(inner, open)),
  ])
}

transformation('names every field that recorded input comes out with', () => {
  const text = read('docs/transformation.md')
  const config = right(
    Config.decode({ dsn: 'https://key@o1.ingest.sentry.io/1', environment: 'prod' }),
  )
  const open = new Set(['data', 'tags', 'resource', 'attributes', 'extra'])
  const fields = new Set<string>()
  for (const recorded of Recorded.all) {
    const batch = Batch.concatAll(
      Recorded.bodies(recorded).map((body) => right(ExportTraceRequest.parse(body))),
    )
    for (const { bytes } of Pipeline.ofBatch(config)(batch).assembled.envelopes) {
      const { header, items } = right(Envelope.decode(bytes))
      for (const field of fieldsOf(header, open)) fields.add(field)
      for (const { payload } of items) {
        for (const field of fieldsOf(JSON.parse(new TextDecoder().decode(payload)), open))
          fields.add(field)
      }
    }
  }
  const missing = [...fields].filter((field) => !new RegExp(`\\b${field}\\b`).test(text))
  assert.equal(missing, [])
  assert.ok(fields.size > 40)
})

transformation('has a row for each rule of the operations', () => {
  const [, section = ''] = read('docs/transformation.md').split('\n## Operations')
  const rows = section.split('\n## ')[0] ?? ''
  for (const name of Object.keys(Operation).filter((key) => !['rules', 'of'].includes(key))) {
    assert.match(rows, `| \`${name}\` |`)
  }
})

transformation('has a row for each attribute that has an alias or is left out of the data', () => {
  const text = read('docs/transformation.md')
  const missing = AttributePlan.keysWithForm.filter(
    (key) => !text.includes(`\`${key}\``) && !key.startsWith('sentry_exporter.'),
  )
  assert.equal(missing, [])
})

transformation('names only attributes as left out that are, and none of the tables else', () => {
  const [, section = ''] = read('docs/transformation.md').split('\n## What is left out')
  const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => /^\| .*`/.test(line))
  const named = rows.flatMap((row) => [...row.matchAll(/`([\w.*]+)`/g)].map(([, key = '']) => key))
  const planOf = AttributePlan.of(Sensitive.defaults)
  const kept = named
    .filter((key) => !/^gen_ai\.\*$/.test(key))
    .map((key) => key.replaceAll('*', 'x'))
    .filter((key) => planOf(key).redaction === 'keep')
  assert.equal(kept, [])
  assert.ok(named.length > 30)
})

transformation.run()

const words = suite('docs/README.md: by word')

for (const word of [
  'root span',
  'orphan',
  'dropped',
  'missing spans',
  'issue',
  'quota',
  'rate limit',
  'protobuf',
  'stack trace',
  'privacy',
  'sampling',
  '413',
  '429',
  'no data in Sentry',
  'minified frames',
  'clock skew',
  'duplicated transactions',
  'environment',
  'Kubernetes',
  'rolling restart',
  'Grafana',
]) {
  words(`leads from "${word}" to a heading that exists`, () => {
    const [, index = ''] = read('docs/README.md').split('\n## By word')
    const row = index.split('\n').find((line) => line.split('|')[1]?.includes(word))
    const targets = [...(row ?? '').matchAll(/\]\(([^)#]*)(?:#([^)]+))?\)/g)]
    assert.ok(targets.length > 0)
    for (const [, path = '', anchor] of targets) {
      const text = read(join('docs', path))
      if (anchor !== undefined) assert.ok(anchorsOf(text).includes(anchor), `${path}#${anchor}`)
    }
  })
}

/** The anchors of headings, as GitHub makes them. */
const anchorsOf = (text: string): ReadonlyArray<string> =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

words.run()

const readme = suite('README.md')

readme('has a row for each option', () => {
  const [, main = ''] = read('README.md').split('\n## Options')
  // That README has the options of delivery, and that page those of waiting.
  const options = main + read('packages/exporter/README.md') + read('docs/waiting.md')
  for (const key of Config.KEYS) assert.match(options, `\`${key}\``)
})

readme('shows the two commands', () => {
  const text = read('README.md')
  assert.match(text, 'npx --yes pnpm@10.34.9 demo')
  assert.match(text, 'npx --yes pnpm@10.34.9 test')
})

readme.run()
