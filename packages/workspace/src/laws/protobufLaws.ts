/** The laws of reading protobuf: it gives what JSON gives, and no bytes do more than be refused with their place. */
import { deepStrictEqual, match } from 'node:assert/strict'
import type { MetricBatch } from '@sentry-exporter/core'
import * as DecodeError from '@sentry-exporter/otlp/DecodeError'
import * as ExportLogsRequest from '@sentry-exporter/otlp/ExportLogsRequest'
import * as ExportMetricsRequest from '@sentry-exporter/otlp/ExportMetricsRequest'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import fc from 'fast-check'
import * as E from '#fp-ts/Either'
import * as arbitraryRequest from '../otlp/arbitraryRequest.ts'
import * as oracle from '../otlp/oracle.ts'
import * as Recorded from '../Recorded.ts'
import * as Law from './Law.ts'

// model

interface Mutation {
  readonly body: Uint8Array
  /** Which bytes are replaced, as parts of the length, and by what. */
  readonly replaced: ReadonlyArray<readonly [number, number]>
  /** The part of the body that is left. */
  readonly kept: number
}

const PLACE = / at byte \d+$/

// constructors

const part = fc.double({ min: 0, max: 1, noNaN: true })

/** Recorded requests of a few spans. */
const recorded: ReadonlyArray<Uint8Array> = Recorded.all.flatMap((recording) =>
  Recorded.bodies(recording)
    .slice(0, 2)
    .map((body) => oracle.encode(oracle.traces, JSON.parse(body))),
)

const mutation: fc.Arbitrary<Mutation> = fc.record({
  body: fc.oneof(
    fc.constantFrom(...recorded),
    arbitraryRequest.traces.map((request) => oracle.encode(oracle.traces, request)),
    arbitraryRequest.logs.map((request) => oracle.encode(oracle.logs, request)),
    arbitraryRequest.metrics.map((request) => oracle.encode(oracle.metrics, request)),
  ),
  replaced: fc.array(fc.tuple(part, fc.nat({ max: 255 })), { maxLength: 4 }),
  kept: fc.oneof(fc.constant(1), part),
})

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

// running

export const equalSpans: Law.Law = Law.of(
  'protobuf and JSON of one request give equal spans',
  arbitraryRequest.traces,
  (request) => {
    const bytes = oracle.encode(oracle.traces, request)
    deepStrictEqual(
      right(ExportTraceRequest.parseProtobuf(bytes)),
      right(ExportTraceRequest.decode(oracle.decode(oracle.traces, bytes))),
    )
  },
)

export const equalRecords: Law.Law = Law.of(
  'protobuf and JSON of one request give equal log records',
  arbitraryRequest.logs,
  (request) => {
    const bytes = oracle.encode(oracle.logs, request)
    deepStrictEqual(
      right(ExportLogsRequest.parseProtobuf(bytes)),
      right(ExportLogsRequest.decode(oracle.decode(oracle.logs, bytes))),
    )
  },
)

export const equalMetrics: Law.Law = Law.of(
  'protobuf and JSON of one request give equal metrics, and reject the same points',
  arbitraryRequest.metrics,
  (request) => {
    const bytes = oracle.encode(oracle.metrics, request)
    const json = oracle.decode(oracle.metrics, bytes)
    const fromProtobuf = withoutActual(right(ExportMetricsRequest.parseProtobuf(bytes)))
    deepStrictEqual(fromProtobuf, withoutActual(right(ExportMetricsRequest.decode(json))))
  },
)

/** In protobuf the values that were found are bytes at a place. */
const withoutActual = (batch: MetricBatch.MetricBatch): object => {
  const paths = (all: MetricBatch.MetricBatch['rejected'] = []): ReadonlyArray<string> =>
    all.map(({ path, expected }) => `${path}: ${expected}`)
  return { ...batch, rejected: paths(batch.rejected), invalidParts: paths(batch.invalidParts) }
}

export const mutated: Law.Law = Law.of(
  'mutated bytes are read, or refused with their place',
  mutation,
  ({ body, replaced, kept }) => {
    const bytes = Uint8Array.from(body)
    for (const [place, byte] of replaced) bytes[Math.floor(place * (bytes.length - 1))] = byte
    const given = bytes.subarray(0, Math.floor(kept * bytes.length))
    for (const { parseProtobuf } of [ExportTraceRequest, ExportLogsRequest, ExportMetricsRequest]) {
      const parsed = parseProtobuf(given)
      if (E.isLeft(parsed)) match(DecodeError.show(parsed.left), PLACE)
      else for (const { actual } of parsed.right.rejected) match(actual, PLACE)
    }
  },
)

export const all: ReadonlyArray<Law.Law> = [equalSpans, equalRecords, equalMetrics, mutated]
