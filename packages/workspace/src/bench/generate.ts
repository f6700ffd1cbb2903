/**
 * Makes the reference data of the bench: 20 traces of 100 spans of a shop, about twelve attributes each, one span in
 * twenty with an exception of 13 lines, in the order in which an SDK exports them (by their end). Deterministic. The
 * data is checked in; this program documents how it was made.
 */
import * as Random from '../Random.ts'
import { otlpRequest } from './otlpRequest.ts'
import type { ReferenceSpan } from './ReferenceSpan.ts'
import { FUNCTIONS, hex, pick, TABLES, type WorkAttributes, workOf } from './works.ts'

// model

/** Requests of 500 spans in OTLP JSON, and the output of a lean exporter for the same spans. */
export interface ReferenceData {
  readonly requests: ReadonlyArray<object>
  readonly transactions: ReadonlyArray<object>
}

// constructors

export const generate = (): ReferenceData => {
  const random = Random.of(42)
  const spans = Array.from({ length: TRACES }, (_, trace) => traceOf(random, trace)).flat()
  const requests: Array<object> = []
  for (let at = 0; at < spans.length; at += PER_REQUEST) {
    requests.push(otlpRequest(spans.slice(at, at + PER_REQUEST), RESOURCE))
  }
  const traces = new Map<string, Array<ReferenceSpan>>()
  for (const span of spans) traces.set(span.traceId, [...(traces.get(span.traceId) ?? []), span])
  return { requests, transactions: [...traces.values()].map(transactionOf) }
}

const TRACES = 20
const PER_TRACE = 100
const PER_REQUEST = 500

const traceOf = (random: Random.Random, trace: number): ReadonlyArray<ReferenceSpan> => {
  const traceId = hex(random, 32)
  const made: Array<ReferenceSpan> = []
  for (let i = 0; i < PER_TRACE; i++) {
    // Bushy near the root, with some chains.
    const parent = made[random() < 0.3 ? i - 1 : Math.floor(random() * random() * i)]
    const startMicros =
      parent === undefined
        ? 1_763_800_000_000_000 + trace * 5_000_000
        : parent.startMicros +
          1 +
          Math.floor(random() * (parent.endMicros - parent.startMicros) * 0.5)
    const length =
      parent === undefined ? 90_000 : Math.floor(random() * (parent.endMicros - startMicros))
    const message = `card was declined by issuer (code=${i})`
    made.push({
      ...workOf(random, i === 0),
      traceId,
      spanId: hex(random, 16),
      parent,
      startMicros,
      endMicros: startMicros + length,
      stack: random() < 0.05 ? stackOf(random, message) : undefined,
    })
  }
  return made.sort((a, b) => a.endMicros - b.endMicros || (a.spanId < b.spanId ? -1 : 1))
}

const stackOf = (random: Random.Random, message: string): string =>
  [
    `PaymentDeclinedError: ${message}`,
    ...Array.from(
      { length: 12 },
      () =>
        `    at ${pick(random, FUNCTIONS)} (/srv/app/dist/modules/${pick(random, TABLES)}/handler.js:${Math.floor(random() * 900)}:${Math.floor(random() * 80)})`,
    ),
  ].join('\n')

const RESOURCE: WorkAttributes = {
  'service.name': 'checkout-api',
  'service.namespace': 'shop',
  'service.version': '4.17.2',
  'service.instance.id': '7b9c5e5d-6f7d-9c8b-8x2x-9k0000000000',
  'deployment.environment.name': 'production',
  'telemetry.sdk.language': 'nodejs',
  'telemetry.sdk.name': 'opentelemetry',
  'telemetry.sdk.version': '2.12.1',
  'host.name': 'ip-10-12-44-101.eu-west-1.compute.internal',
  'process.pid': 4242,
  'process.runtime.name': 'nodejs',
  'process.runtime.version': '20.20.2',
}

const transactionOf = (spans: ReadonlyArray<ReferenceSpan>): object => {
  const root = spans.find(({ parent }) => parent === undefined) as ReferenceSpan
  return {
    event_id: root.traceId,
    type: 'transaction',
    platform: 'node',
    environment: 'production',
    release: 'checkout-api@4.17.2',
    transaction: root.name,
    transaction_info: { source: 'route' },
    start_timestamp: root.startMicros / 1e6,
    timestamp: root.endMicros / 1e6,
    contexts: { trace: sentrySpanOf(root), otel: { resource: RESOURCE } },
    spans: spans.filter((span) => span !== root).map(sentrySpanOf),
  }
}

const sentrySpanOf = (span: ReferenceSpan): object => ({
  span_id: span.spanId,
  trace_id: span.traceId,
  ...(span.parent === undefined ? {} : { parent_span_id: span.parent.spanId }),
  op: span.op,
  description: span.attributes['db.query.text'] ?? span.name,
  status: span.stack === undefined ? 'ok' : 'internal_error',
  start_timestamp: span.startMicros / 1e6,
  timestamp: span.endMicros / 1e6,
  data: span.attributes,
})
