/** `SentrySpanProcessor` of this project, with a fetch in memory in place of sockets and compression. */
import * as Losses from '@sentry-exporter/core/Losses'
import { SentrySpanProcessor } from '@sentry-exporter/opentelemetry/fetch'
import { type ComparedExporter, DSN, type SentRequest } from './ComparedExporter.ts'

// constructors

const ANSWER = { status: 200, headers: new Headers(), body: null }

export const ownSide = (take: (request: SentRequest) => void): ComparedExporter => {
  const sentry = new SentrySpanProcessor({
    dsn: DSN,
    env: {},
    warn: false,
    transport: {
      gzipFromBytes: Number.POSITIVE_INFINITY,
      fetch: (url, { headers, body }) => {
        take({ url, headers, body })
        return Promise.resolve(ANSWER)
      },
    },
  })
  return {
    onStart: (span, parent) => sentry.onStart(span, parent),
    onEnd: (span) => sentry.onEnd(span),
    flush: () => sentry.forceFlush(),
    end: () => sentry.shutdown(),
    countedLost: () => Losses.spans(sentry.outcome().dropped),
  }
}
