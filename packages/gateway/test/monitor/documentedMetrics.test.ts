import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as Config from '@sentry-exporter/exporter/Config'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import { systemClock } from '@sentry-exporter/transport/Clock'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as Metrics from '../../src/monitor/Metrics.ts'
import * as RunningExporter from '../../src/pipeline/RunningExporter.ts'
import * as Outcome from '../../src/receiver/Outcome.ts'

const PREFIX = 'sentry_exporter_'

const document = readFileSync(
  fileURLToPath(new URL('../../../../docs/gateway.md', import.meta.url)),
  'utf8',
)

/** Rows of the tables whose first cell has this form, without the marks of code. */
const rows = (first: RegExp): ReadonlyArray<ReadonlyArray<string>> =>
  document
    .split('\n')
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| /, '').replaceAll('`', '')))
    .filter(([name = '']) => first.test(name))

/** A metric of each kind, with samples of all that need no traffic. */
const printed = async (): Promise<string> => {
  const config = Config.decode({ dsn: 'https://key@sentry.example.com/42' })
  if (E.isLeft(config)) throw new Error('an invalid configuration')
  const running = RunningExporter.start({
    id: 'sentry',
    configured: { config: config.right, directory: undefined },
    http: recordingHttp.make(() => recordingHttp.answering(200)).http,
    clock: systemClock,
    onAttempt: () => undefined,
  })
  await running.exporter.exportOtlp('{"resourceSpans":[{"scopeSpans":[{"spans":[{}]}]}]}')
  const projects = { known: 2, pending: 1, missing: 1 }
  const metrics = Metrics.make(() => [
    { ...RunningExporter.reported(running), projects: () => projects },
  ])
  metrics.onProjectCall('sentry', { _tag: 'ListTeams' }, { _tag: 'Teams', teams: [] })
  metrics.onConfig({ hash: '0123456789abcdef', sinceMillis: 0 })
  metrics.onRequest('otlp', {
    protocol: 'http',
    signal: 'traces',
    bytes: 2,
    refused: 'busy',
    status: 503,
    durationMillis: 1,
  })
  metrics.onConnectionRefused('otlp', 'http')
  metrics.onRead({ receiver: 'otlp', signal: 'traces', accepted: 1, rejected: 1 })
  metrics.onAttempt('sentry', { status: 200, durationMillis: 1 })
  const text = await metrics.print()
  await running.exporter.shutdown(0)
  return text
}

const documented = suite('docs/gateway.md: metrics')

documented('has a row for each metric of the code, with its type, and no other', async () => {
  const text = await printed()
  const types = [...text.matchAll(/^# TYPE (sentry_exporter_\w+) (\w+)$/gm)]
  assert.ok(types.length > 20)
  assert.equal(
    rows(/^sentry_exporter_\w+$/)
      .map(([name, type]) => `${name} ${type}`)
      .sort(),
    types.map(([, name, type]) => `${name} ${type}`).sort(),
  )
})

documented('names the labels of the samples', async () => {
  const text = await printed()
  const labelsByName = new Map(
    rows(/^sentry_exporter_\w+$/).map(([name, , labels]) => [name, labels]),
  )
  const samples = [...text.matchAll(/^(sentry_exporter_\w+?)(?:_bucket|_sum|_count)?\{([^}]*)\}/gm)]
  const names = new Set<string>()
  for (const [, name = '', pairs = ''] of samples) {
    names.add(name)
    const labels = [...pairs.matchAll(/(\w+)=/g)]
      .map(([, label = '']) => label)
      .filter((label) => label !== 'le')
    assert.is(
      labels.sort().join(', '),
      (labelsByName.get(name) ?? '').split(', ').sort().join(', '),
      name,
    )
  }
  assert.ok(names.has(`${PREFIX}rejected_total`))
  assert.ok(names.size > 18)
})

documented('has a row for each reason of a refusal, with the status of HTTP', () => {
  const [, section = ''] = document.split('The values of `result`')
  const reasons = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `(\w+)` \| (\d*)/gm)].slice(1)
  assert.equal(reasons.map(([, reason = '']) => reason).sort(), Outcome.reasons.slice().sort())
  for (const [, reason = '', status = ''] of reasons) {
    const known = Outcome.reasons.find((one) => one === reason)
    if (status !== '' && known !== undefined) {
      assert.is(String(Outcome.httpStatus(known)), status, reason)
    }
  }
})

documented.run()
