/**
 * The exporter for small bundles: parsers of stack traces are an argument, and no other parsers are in the bundle. The parsers are
 * those of `@sentry-exporter/stacktrace`.
 *
 * @example
 * ```ts
 * import { Outcome } from '@sentry-exporter/exporter'
 * import { open } from '@sentry-exporter/exporter/edge'
 * import { firefox, safari, v8 } from '@sentry-exporter/stacktrace'
 * import type { Http } from '@sentry-exporter/transport'
 *
 * const http: Http.Http = () => async () => ({
 *   _tag: 'Right',
 *   right: { status: 200, header: () => undefined },
 * })
 * const dsn = 'https://key@sentry.example.com/42'
 * const exporter = open({ dsn, parsers: [v8, safari, firefox] }, http)
 * const outcome = await exporter.exportOtlp('{"resourceSpans":[]}')
 * await exporter.shutdown(1_000)
 * console.log(Outcome.show(outcome)) // 0 spans in, 0 transactions, 0 errors, nothing lost
 * ```
 */
import type { ErrorRules } from '@sentry-exporter/core/ErrorRules'
import { type Clock, systemClock } from '@sentry-exporter/transport/Clock'
import type { Http } from '@sentry-exporter/transport/Http'
import * as Config from './Config.ts'
import * as Exporter from './Exporter.ts'

// model

export interface EdgeInput extends Config.ConfigInput {
  /** The parsers of stack traces, in the order in which they are tried. */
  readonly parsers: ErrorRules['parsers']
}

// constructors

/** Throws one readable error if the configuration cannot work; opens no connection. */
export const open = (
  { parsers, ...input }: EdgeInput,
  http: Http,
  clock: Clock = systemClock,
): Exporter.Exporter => Exporter.ofDecoded(Config.decodeWith(parsers)(input), http, clock)
