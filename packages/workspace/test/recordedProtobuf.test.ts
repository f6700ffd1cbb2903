import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as Config from '@sentry-exporter/exporter/Config'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as OtlpBytes from '@sentry-exporter/otlp/OtlpBytes'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import * as EnvelopeReader from '@sentry-exporter/testing/EnvelopeReader'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as oracle from '../src/otlp/oracle.ts'
import * as Random from '../src/Random.ts'

const FOLDER = fileURLToPath(new URL('../fixtures/recorded/shop-new-pb/', import.meta.url))

const bodies = readdirSync(FOLDER)
  .filter((name) => name.endsWith('-traces.pb'))
  .sort()
  .map((name) => new Uint8Array(readFileSync(FOLDER + name)))

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

const config = right(Config.decode({ dsn: 'https://key@host/1' }))

const fromProtobuf = (bytes: Uint8Array): OtlpInput.OtlpInput => right(OtlpBytes.parse(bytes))

/** The JSON form of a request, made by another decoder. */
const fromJson = (bytes: Uint8Array): OtlpInput.OtlpInput =>
  right(OtlpInput.decode(oracle.decode(oracle.traces, bytes)))

const envelopesOf = (inputs: ReadonlyArray<OtlpInput.OtlpInput>): ReadonlyArray<Uint8Array> =>
  Pipeline.ofInput(config)(OtlpInput.concatAll(inputs)).assembled.envelopes.map(
    ({ bytes }) => bytes,
  )

const textsOf = (envelopes: ReadonlyArray<Uint8Array>): ReadonlyArray<string> =>
  envelopes.map((bytes) => new TextDecoder().decode(bytes)).sort()

const test = suite('the recorded shop in protobuf')

test('is whole: every span is in one transaction, and every trace is one tree', () => {
  const inputs = bodies.map(fromProtobuf)
  const spans = inputs.reduce((sum, { batch }) => sum + batch.spans.length, 0)
  const { transactions } = EnvelopeReader.read(envelopesOf(inputs))
  const ids = transactions.flatMap(({ root, spans: below }) =>
    [root, ...below]
      .filter(({ isSynthetic }) => !isSynthetic)
      .map(({ traceId, spanId }) => `${traceId} ${spanId}`),
  )
  assert.is(spans > 3_000, true)
  assert.is(ids.length, spans)
  assert.is(new Set(ids).size, spans)
  const known = new Set(ids)
  const orphans = transactions.filter(
    ({ root }) =>
      root.parentSpanId !== undefined && !known.has(`${root.traceId} ${root.parentSpanId}`),
  )
  assert.equal(orphans, [])
})

test('gives the envelopes of its JSON form, in any order of its requests', () => {
  const expected = textsOf(envelopesOf(bodies.map(fromJson)))
  const random = Random.of(7)
  for (let i = 0; i < 3; i++) {
    const shuffled = [...bodies].sort(() => random() - 0.5)
    assert.equal(textsOf(envelopesOf(shuffled.map(fromProtobuf))), expected)
  }
})

test('has log records and metrics, which their bytes show', () => {
  const counts = readdirSync(FOLDER).map((name) => {
    const { batch, logs, metrics } = fromProtobuf(new Uint8Array(readFileSync(FOLDER + name)))
    const kind = /-(\w+)\.pb$/.exec(name)?.[1]
    return [
      kind,
      batch.spans.length > 0
        ? 'traces'
        : logs.records.length > 0
          ? 'logs'
          : metrics.metrics.length > 0 && 'metrics',
    ]
  })
  for (const [kind, found] of counts) assert.is(found, kind)
})

/** The values of the exceptions of an event, the innermost cause first. */
const causesOf = (event: string): string => {
  const exceptions: ReadonlyArray<{ readonly value: string }> = JSON.parse(event).exception.values
  return exceptions.map(({ value }) => value).join(' < ')
}

test('gives one event for each incident, with the causes that its log record has', () => {
  const inputs = readdirSync(FOLDER).map((name) =>
    fromProtobuf(new Uint8Array(readFileSync(FOLDER + name))),
  )
  const { assembled } = Pipeline.ofInput(config)(OtlpInput.concatAll(inputs))
  const values = assembled.envelopes
    .filter(({ category }) => category === 'error')
    .map(({ bytes }) => causesOf(new TextDecoder().decode(bytes).split('\n')[2] ?? '{}'))
  assert.equal(values.sort(), [
    'division by zero < could not store the order',
    'order 999 not found',
    'orders answered 404 for /orders/999',
    'orders answered 500 for /orders',
  ])
})

test.run()
