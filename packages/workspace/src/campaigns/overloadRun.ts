/** A sink that never answers, and spans without end: what the process of an exporter holds then, and whether its books balance. */
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

/** What may wait to be sent. */
export const BOUND_BYTES: number = 64 * 1024 * 1024

// running

/**
 * Gives an exporter so many spans for a sink, and waits for nothing: as a program does that exports what it has. Throws if
 * something does not hold.
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
  let mostBytes = 0
  for (let given = 0; given < spans; given += BATCH) {
    void exporter.exportBatch(batch(given, Math.min(BATCH, spans - given)))
    // Lets the sockets have their turn.
    await new Promise((resolve) => setImmediate(resolve))
    mostBytes = Math.max(mostBytes, process.memoryUsage().rss)
  }
  const waiting = (await exporter.flush(0)).waiting
  const total = await exporter.shutdown(100)
  const dropped = Losses.spans(total.dropped)
  if (total.spansIn !== spans) throw new Error(`${total.spansIn} of ${spans} spans came in`)
  if (dropped !== spans || total.waiting !== 0)
    throw new Error(`${dropped} of ${spans} are counted`)
  return {
    spans,
    residentMegabytes: megabytes(mostBytes),
    waitingAtTheEnd: waiting,
    dropped: total.dropped,
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024)

/** Spans of now, as a program has them that just ended them: what is old would be moved, and printed again for that. */
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
      // Not by the number: a runtime keeps the digits of numbers that it printed lately.
      name: `GET /orders/${id}`,
      start,
      end: start,
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

/** About as many as a program of OpenTelemetry hands over at once. */
const BATCH = 500
