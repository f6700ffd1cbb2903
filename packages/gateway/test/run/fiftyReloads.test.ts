import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request as httpsRequest } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Losses from '@sentry-exporter/core/Losses'
import * as EnvelopeReader from '@sentry-exporter/testing/EnvelopeReader'
import { selfSigned } from '@sentry-exporter/workspace/selfSigned'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type HttpAnswer, send } from '../receiver/recording.ts'
import * as reloading from './reloading.ts'

const { LOCAL, METRICS, spanText } = reloading

const RELOADS = 50

const SENDERS = 2

const folder = mkdtempSync(join(tmpdir(), 'reload-'))

/** A part of an exporter's settings that a reload changes. */
const yaml = (sentry: string): string => `
receivers:
  otlp:
    protocols:
      http: { ${LOCAL}, tls: { cert_file: ${folder}/cert, key_file: ${folder}/key }, auth: { authenticator: bearertokenauth } }
exporters: { sentry: { dsn: 'https://key:hush-dsn@one.example.com/1', settle_millis: 100, ${sentry} } }
extensions: { bearertokenauth: { filename: tokens } }
service:
  extensions: [bearertokenauth]
  telemetry: { logs: { encoding: json }, ${METRICS} }
  pipelines: { traces: { receivers: [otlp], exporters: [sentry] } }
`

const ROUTES =
  "routes: [{ match: { service.name: shop }, dsn: 'https://key:hush-route@two.example.com/2' }]"

const rotate = ({ cert, key } = selfSigned()): void => {
  writeFileSync(join(folder, 'cert'), cert)
  writeFileSync(join(folder, 'key'), key)
}

/** One after the other: changes of files, the rest of them, and whether the reload applies them. */
const CHANGES: ReadonlyArray<
  () => readonly [files: Readonly<Record<string, string>>, isApplied: boolean]
> = [
  () => [{ 'gateway.yaml': yaml('enviroment: blue') }, false],
  () => {
    rotate()
    return [{ 'gateway.yaml': yaml('environment: blue') }, true]
  },
  () => [{ 'gateway.yaml': yaml('concurrency: 3').replace('one.example', 'new.example') }, true],
  () => [{ 'gateway.yaml': yaml(ROUTES) }, true],
  () => [{ 'gateway.yaml': yaml('mapping: collector'), tokens: 'hush-first\nhush-second' }, true],
  () => {
    // The certificate of another key.
    rotate({ ...selfSigned(), cert: selfSigned().cert })
    return [{ 'gateway.yaml': yaml('max_spans: 500') }, false]
  },
  () => {
    rotate()
    return [{ 'gateway.yaml': yaml('http: { compression: none }') }, true]
  },
]

interface SentSpans {
  taken: number
  readonly refused: Array<string>
}

/** Sends traces of two requests each, on connections that are kept and on new ones, until `isOver`. */
const sendUntil = async (
  port: number,
  sender: number,
  isOver: () => boolean,
): Promise<SentSpans> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const sent: SentSpans = { taken: 0, refused: [] }
  for (let n = 1; !isOver(); n++) {
    const trace = sender * 1_000_000 + n
    for (const body of [spanText(trace, 2, 1), spanText(trace, 1)]) {
      const options = {
        port,
        path: '/v1/traces',
        headers: { 'content-type': 'application/json', authorization: 'Bearer hush-first' },
        rejectUnauthorized: false,
        agent: n % 3 === 0 ? false : agent,
      }
      const answer: HttpAnswer | Error = await send(options, body, httpsRequest).catch(
        (error: Error) => error,
      )
      if ('status' in answer && answer.status === 200) sent.taken++
      else sent.refused.push('status' in answer ? String(answer.status) : answer.message)
    }
  }
  agent.destroy()
  return sent
}

const fifty = suite('Gateway.reload: fifty times under load')

fifty('refuses nothing, loses nothing, and logs no secret', async () => {
  rotate()
  const one = await reloading.start(yaml('environment: blue'), { tokens: 'hush-first' })
  let isOver = false
  const port = one.port('otlp http')
  const senders = Array.from({ length: SENDERS }, (_unused, n) => sendUntil(port, n, () => isOver))
  let applied = 0
  for (let n = 0; n < RELOADS; n++) {
    const [files, isApplied] = CHANGES[n % CHANGES.length]?.() ?? [{}, true]
    const result = await one.reload(files)
    assert.is(result._tag === 'Applied', isApplied, `${n}: ${JSON.stringify(result)}`)
    applied += Number(isApplied)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  isOver = true
  const sent = await Promise.all(senders)
  const metrics = await one.metrics()
  const { outcomes } = await one.gateway.stop()
  assert.equal(
    sent.flatMap(({ refused }) => refused),
    [],
  )
  const taken = sent.reduce((sum, { taken: count }) => sum + count, 0)
  assert.ok(taken > RELOADS, String(taken))
  const [total] = outcomes.map(({ outcome }) => outcome)
  const read = EnvelopeReader.read(one.requests.map(({ body }) => body))
  assert.equal(EnvelopeReader.problems(read), [])
  assert.is(EnvelopeReader.spanKeys(read).length, taken)
  // Each trace is whole, also where a reload came between its two requests.
  assert.is(read.transactions.length, taken / 2)
  assert.equal([outcomes.length, total?.spansIn, total?.delivered.spans], [1, taken, taken])
  assert.equal([Losses.spans(total?.dropped ?? {}), total?.waiting], [0, 0])
  assert.match(metrics, `config_reloads_total{result="applied"} ${applied}\n`)
  assert.match(metrics, 'config_reloads_total{result="invalid"} 8\n')
  assert.match(metrics, 'config_reloads_total{result="failed"} 7\n')
  assert.ok(new Set(one.requests.map(({ url }) => new URL(url).host)).size === 3)
  assert.not.match(one.lines.join(''), /hush|PRIVATE KEY/)
  assert.not.match(metrics, 'hush')
  rmSync(folder, { recursive: true })
})

fifty.run()
