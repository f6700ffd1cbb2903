/**
 * Everything that an exporter holds and has not sent yet. A program that receives requests refuses them while `isFull`, so that
 * nothing that it took is lost.
 *
 * @example
 * ```ts
 * import { type Backlog, Exporter } from '@sentry-exporter/exporter'
 * import type { Http } from '@sentry-exporter/transport'
 *
 * const http: Http.Http = () => async () => ({
 *   _tag: 'Right',
 *   right: { status: 200, header: () => undefined },
 * })
 * const exporter = Exporter.open({ dsn: 'https://key@sentry.example.com/42' }, http)
 * const backlog: Backlog.Backlog = exporter.backlog()
 * console.log(backlog.isFull, backlog.envelopes, backlog.spans) // false 0 0
 * await exporter.shutdown()
 * ```
 */

// model

export interface Backlog {
  /** Whether a queue has reached one of its bounds. */
  readonly isFull: boolean
  /** Envelopes in queues, without those that are being sent. */
  readonly envelopes: number
  /** The bytes that they hold. */
  readonly envelopeBytes: number
  /** Envelopes in queues, being sent, or waiting for a retry. */
  readonly unanswered: number
  /** Spans that wait for the rest of their trace. */
  readonly spans: number
  /** The bytes that they hold. */
  readonly spanBytes: number
  /** The traces of these spans. */
  readonly traces: number
  /** Logs that wait for others. */
  readonly logs: number
  /** Metrics that wait for others, or for the end of their interval. */
  readonly metrics: number
  /** Series of metrics that are known, of `maxMetricSeries`. */
  readonly metricSeries: number
}
