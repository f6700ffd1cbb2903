/** The spans and errors that came out of the gateway, judged from the bytes of the envelopes. */
import * as EnvelopeReader from '@sentry-exporter/testing/EnvelopeReader'

// model

export interface ReceivedTree {
  readonly transactions: number
  readonly spans: number
  readonly errors: number
  /** Spans without a parent. */
  readonly roots: number
  /** Spans whose parent did not come. */
  readonly orphans: number
  readonly traces: number
}

// decoding

export const receivedTree = (bodies: ReadonlyArray<Uint8Array>): ReceivedTree => {
  const { transactions, errors } = EnvelopeReader.read(bodies)
  const spans = transactions.flatMap(({ root, spans: others }) => [root, ...others])
  const ids = new Set(spans.map(({ spanId }) => spanId))
  const parents = spans.flatMap(({ parentSpanId }) => parentSpanId ?? [])
  return {
    transactions: transactions.length,
    spans: spans.length,
    errors: errors.length,
    roots: spans.length - parents.length,
    orphans: parents.filter((parent) => !ids.has(parent)).length,
    traces: new Set(spans.map(({ traceId }) => traceId)).size,
  }
}
