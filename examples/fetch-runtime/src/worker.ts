/**
 * A Worker that receives OTLP in JSON at `POST /v1/traces` and sends it to Sentry. It answers after reading the spans, and
 * sends all of them afterwards: spans whose parent is in another request become a transaction of their own, which names the parent. Every client that can reach it can write to your Sentry project, so expose it to your services only.
 */
import { type Batch, Rejected } from '@sentry-exporter/core'
import { Exporter, Outcome } from '@sentry-exporter/exporter'
import { DecodeError, ExportTraceRequest } from '@sentry-exporter/otlp'
import { fetchHttp } from '@sentry-exporter/transport-fetch'

// model

export interface Env {
  readonly SENTRY_DSN: string
}

/** The part of the runtime's execution context that is used. */
export interface Context {
  /** Keeps the Worker alive until the promise is settled. */
  waitUntil(work: Promise<unknown>): void
}

export interface Worker {
  fetch(request: Request, env: Env, context: Context): Promise<Response>
}

// running

/** Within the 30 seconds that the runtime gives to work after the response. */
const TIMEOUT_MILLIS = 20_000

const worker: Worker = {
  async fetch(request, env, context) {
    if (new URL(request.url).pathname !== '/v1/traces')
      return problem(404, 'the path is /v1/traces')
    if (request.method !== 'POST') return problem(405, 'the method is POST')
    if (!isPlainJson(request.headers)) return problem(415, 'send JSON that is not compressed')
    const batch = ExportTraceRequest.parse(await request.text())
    if (batch._tag === 'Left') return problem(400, DecodeError.show(batch.left))
    // One exporter for each request: in Workers two requests cannot share a connection.
    const exporter = Exporter.open(
      { dsn: env.SENTRY_DSN },
      fetchHttp({ timeoutMillis: TIMEOUT_MILLIS }),
    )
    // `exportBatch` alone would keep the spans of incomplete traces, and nobody would send them after this request.
    const sent = exporter.exportBatch(batch.right).then(() => exporter.shutdown(TIMEOUT_MILLIS))
    context.waitUntil(sent.then((outcome) => console.log(Outcome.show(outcome))))
    return Response.json(accepted(batch.right))
  },
}

/** Workers need a default export. Lint allows it for this file only. */
export default worker

const isPlainJson = (headers: Headers): boolean =>
  headers.get('content-type')?.startsWith('application/json') === true &&
  (headers.get('content-encoding') ?? 'identity') === 'identity'

/** Source: `ExportTraceServiceResponse` of open-telemetry/opentelemetry-proto. */
const accepted = ({ rejected }: Batch.Batch): object => {
  const [first] = rejected
  if (first === undefined) return {}
  return {
    partialSuccess: { rejectedSpans: `${rejected.length}`, errorMessage: Rejected.show(first) },
  }
}

const problem = (status: number, message: string): Response =>
  Response.json({ message }, { status })
