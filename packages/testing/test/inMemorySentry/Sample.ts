/** Good envelopes, and the same with one thing changed, for the tables of known-bad cases. */

import { make, type Received, type SentryRequest } from '../../src/InMemorySentry.ts'
import type { Sizes } from '../../src/inMemorySentry/Sizes.ts'
import { decompressors } from '../../src/node/decompressors.ts'

// model

export type Fields = Readonly<Record<string, unknown>>

// constructors

/** Seconds since 1970. */
export const NOW = 1_700_000_000
export const KEY = '0123456789abcdef0123456789abcdef'
export const EVENT_ID = 'abcdef0123456789abcdef0123456789'
export const TRACE_ID = '11111111111111111111111111111111'
export const URL = 'https://sentry.invalid/prefix/api/42/envelope/'

export const span: Fields = {
  trace_id: TRACE_ID,
  span_id: '2222222222222222',
  parent_span_id: '1111111111111111',
  op: 'db',
  status: 'ok',
  origin: 'auto.otlp.spans',
  start_timestamp: NOW - 2,
  timestamp: NOW - 1.5,
}

export const trace: Fields = { trace_id: TRACE_ID, span_id: '1111111111111111', op: 'http.server' }

export const transaction: Fields = {
  event_id: EVENT_ID,
  type: 'transaction',
  platform: 'node',
  start_timestamp: NOW - 2,
  timestamp: '2023-11-14T22:13:19.5Z',
  transaction: 'GET /',
  transaction_info: { source: 'route' },
  contexts: { trace },
  spans: [span],
}

const exception: Fields = {
  type: 'Error',
  value: 'no',
  mechanism: { type: 'otel' },
  stacktrace: { frames: [{ function: 'f', lineno: 1, colno: 1 }] },
}

export const error: Fields = {
  event_id: EVENT_ID,
  level: 'error',
  timestamp: NOW - 1,
  contexts: { trace },
  exception: { values: [exception] },
}

export const report: Fields = {
  timestamp: NOW,
  discarded_events: [{ reason: 'queue_overflow', category: 'span', quantity: 3 }],
}

export const item = (type: string, payload: string): string =>
  `{"type":"${type}","length":${Buffer.byteLength(payload)}}\n${payload}\n`

/** An item whose header has more than its type. */
export const container = (payload: string, header: Fields): string =>
  `${JSON.stringify({ ...header, length: Buffer.byteLength(payload) })}\n${payload}\n`

export const HEADER: Fields = {
  event_id: EVENT_ID,
  trace: { trace_id: TRACE_ID, public_key: KEY },
}

export const envelope = (items: ReadonlyArray<string>, header: Fields = HEADER): Uint8Array =>
  Buffer.from(`${JSON.stringify(header)}\n${items.join('')}`)

export const ofTransaction = (changes: Fields, header = HEADER): Uint8Array =>
  envelope([item('transaction', JSON.stringify({ ...transaction, ...changes }))], header)

export const ofSpan = (changes: Fields): Uint8Array =>
  ofTransaction({ spans: [{ ...span, ...changes }] })

export const ofError = (changes: Fields, header = HEADER): Uint8Array =>
  envelope([item('event', JSON.stringify({ ...error, ...changes }))], header)

export const ofException = (changes: Fields): Uint8Array =>
  ofError({ exception: { values: [{ ...exception, ...changes }] } })

export const ofReport = (changes: Fields): Uint8Array =>
  envelope([item('client_report', JSON.stringify({ ...report, ...changes }))])

export const AUTH = {
  'X-Sentry-Auth': `Sentry sentry_version=7, sentry_client=me/1, sentry_key=${KEY}`,
}

export const request = (body: Uint8Array, changes: Partial<SentryRequest> = {}): SentryRequest => ({
  url: URL,
  headers: AUTH,
  body,
  ...changes,
})

/** The result of a request to a new Sentry, at `NOW`. */
export const receive = (one: SentryRequest, sizes: Partial<Sizes> = {}): Received =>
  make({ sizes, decompressors }).receive(one, NOW * 1000)

export const GOOD = ofTransaction({})

export const text = (value: unknown): string => JSON.stringify(value)
