/**
 * A Worker that takes OTLP in JSON at `POST /v1/traces` and sends it to Sentry. It answers when it has read the spans,
 * and sends them afterwards. Whoever reaches it can write to your Sentry project: put it where only your services do.
 */
import { type Batch, Rejected } from '@sentry-exporter/core'
import { Exporter, Outcome } from '@sentry-exporter/exporter'
import { DecodeError, ExportTraceRequest } from '@sentry-exporter/otlp'
import { fetchHttp } from '@sentry-exporter/transport-fetch'

// model

export interface Env {
  readonly SENTRY_DSN: string
}

/** What the runtime lends to one request. */
export interface Context {
  /** Keeps the Worker alive until this is settled. */
  waitUntil(work: Promise<unknown>): void
}

export interface Worker {
  fetch(request: Request, env: Env, context: Context): Promise<Response>
}

// running

const worker: Worker = {
  async fetch(request, env, context) {
    if (new URL(request.url).pathname !== '/v1/traces')
      return problem(404, 'the path is /v1/traces')
    if (request.method !== 'POST') return problem(405, 'the method is POST')
    if (!isPlainJson(request.headers)) return problem(415, 'send JSON that is not compressed')
    const batch = ExportTraceRequest.parse(await request.text())
    if (batch._tag === 'Left') return problem(400, DecodeError.show(batch.left))
    // One for each request: the runtime of Workers lets no two requests share a connection.
    const exporter = Exporter.open({ dsn: env.SENTRY_DSN }, fetchHttp({ timeoutMillis: 20_000 }))
    const sent = exporter.exportBatch(batch.right)
    context.waitUntil(sent.then((outcome) => console.log(Outcome.show(outcome))))
    return Response.json(accepted(batch.right))
  },
}

/** Workers ask for a default export: the one file for which the lint allows it. */
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
