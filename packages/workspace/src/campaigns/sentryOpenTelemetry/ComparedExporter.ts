/** An exporter of the comparison, set up as its documentation describes, with a server in memory. */
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base'

// model

export const sides = ['sentry', 'own'] as const

export type SideName = (typeof sides)[number]

/** A request of an exporter. */
export interface SentRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | string
}

export interface ComparedExporter extends Pick<SpanProcessor, 'onStart' | 'onEnd'> {
  /** Waits until everything that can leave is sent. */
  readonly flush: () => Promise<void>
  /** The end of the process: flushes, and nothing is sent after it. */
  readonly end: () => Promise<void>
  /** The spans that it counts as lost. */
  readonly countedLost: () => number
}

export const DSN = 'https://0123456789abcdef0123456789abcdef@sentry.invalid/42'

export const FLUSH_MILLIS = 10_000
