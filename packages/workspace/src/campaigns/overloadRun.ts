/** An exporter with a sink that never answers: its memory, and whether every span is counted. */
import * as Batch from '@sentry-exporter/core/Batch'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Micros from '@sentry-exporter/core/Micros'
import type { Span } from '@sentry-exporter/core/Span'
import * as Exporter from '@sentry-exporter/exporter/Exporter'
import { resource, span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { nodeHttp } from '@sentry-exporter/transport-node'

// model

export interface OverloadReport {
  readonly spans: number
  /** Of the whole process, at most. */
  readonly residentMegabytes: number
  readonly waitingAtTheEnd: number
  readonly dropped: Losses.Losses
}

/** The most bytes of envelopes that may wait. */
export const BOUND_BYTES: number = 64 * 1024 * 1024

// running

/**
 * Gives an exporter this many spans without waiting for delivery, as a program does. Throws if a span is not counted.
 */
export const runOverload = async (origin: string, spans: number): Promise<OverloadReport> => {
  const exporter = Exporter.open(
    {
      dsn: `${origin.replace('://', '://key@')}/1`,
      timeoutMillis: 5_000,
      maxQueueBytes: BOUND_BYTES,
    },
    nodeHttp({ timeoutMillis: 5_000, proxy: false }),
  )
  let maxBytes = 0
  for (let given = 0; given < spans; given += BATCH) {
    void exporter.exportBatch(batch(given, Math.min(BATCH, spans - given)))
    // Lets the sockets proceed.
    await new Promise((resolve) => setImmediate(resolve))
    maxBytes = Math.max(maxBytes, process.memoryUsage().rss)
  }
  const waiting = (await exporter.flush(0)).waiting
  const total = await exporter.shutdown(100)
  const dropped = Losses.spans(total.dropped)
  if (total.spansIn !== spans) throw new Error(`${total.spansIn} of ${spans} spans came in`)
  if (dropped !== spans || total.waiting !== 0)
    throw new Error(`${dropped} of ${spans} are counted`)
  return {
    spans,
    residentMegabytes: megabytes(maxBytes),
    waitingAtTheEnd: waiting,
    dropped: total.dropped,
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024)

/** Spans that end now: the times of old spans would be clamped, which needs a second printing. */
const batch = (from: number, count: number): Batch.Batch => {
  const start = Micros.of(Date.now() * 1000)
  const traces = Array.from({ length: count / TRACE }, (_, i) => traceOf(from + i * TRACE, start))
  return { ...Batch.concatAll([]), spans: traces.flat() }
}

const traceOf = (from: number, start: Micros.Micros): ReadonlyArray<Span> => {
  const [trace, root] = [traceId(1 + from / TRACE), spanId(1 + from)]
  return Array.from({ length: TRACE }, (_, i) => {
    const index = from + i
    const id = spanId(1 + index)
    return span({
      traceId: trace,
      spanId: id,
      parentSpanId: i === 0 ? undefined : root,
      // The id, not the number: a runtime caches the digits of numbers that it printed lately.
      name: `GET /orders/${id}`,
      startMicros: start,
      endMicros: start,
      flags: 0x101,
      resource: SHOP,
      attributes: {
        'http.request.method': 'GET',
        'http.response.status_code': 200,
        'url.path': `/orders/${id}`,
        'db.query.text': 'SELECT id, customer, total FROM orders WHERE id = $1',
        'server.address': 'shop.example.com',
        'thread.id': index,
      },
    })
  })
}

const SHOP = resource('shop')

const TRACE = 10

/** About as many as the OpenTelemetry SDK exports at once. */
const BATCH = 500
