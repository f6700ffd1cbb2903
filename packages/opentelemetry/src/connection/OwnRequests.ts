/**
 * Spans of our own requests, where tracing cannot be suppressed: without a context manager no instrumentation sees the suppressed
 * context. Such a span would be sent, by a request whose span would be sent, without end.
 */
import { diag } from '@opentelemetry/api'
import type { Http } from '@sentry-exporter/transport/Http'
import type { ReadableSpan } from '../readable/ReadableSpan.ts'
import { canSuppress } from './suppressed.ts'

// model

export interface OwnRequests {
  /** The same `Http`: notes the addresses of its requests. */
  readonly noted: (http: Http) => Http
  /** The other spans of a batch. */
  readonly without: (spans: ReadonlyArray<ReadableSpan>) => ReadonlyArray<ReadableSpan>
}

/** `SpanKind.CLIENT` of `@opentelemetry/api`. */
const CLIENT = 2

/** In today's conventions, and in those before 1.23. */
const URL_KEYS = ['url.full', 'http.url'] as const

/** One address for each project. */
const MAX_ADDRESSES = 1_000

// constructors

export const make = (): OwnRequests => {
  const addresses = new Set<string>()
  let isReported = false
  const isOwn = ({ kind, parentSpanContext, parentSpanId, attributes }: ReadableSpan): boolean =>
    kind === CLIENT &&
    parentSpanContext === undefined &&
    parentSpanId === undefined &&
    URL_KEYS.some((key) => addresses.has(withoutQuery(Reflect.get(attributes ?? {}, key))))
  return {
    noted: (http) =>
      Object.assign<Http, Pick<Http, 'close' | 'skipsVerify'>>(
        (request) => {
          if (addresses.size < MAX_ADDRESSES) addresses.add(withoutQuery(request.url))
          return http(request)
        },
        { close: http.close, skipsVerify: http.skipsVerify },
      ),
    without: (spans) => {
      if (canSuppress() || !spans.some(isOwn)) return spans
      if (!isReported) diag.warn(`sentry-exporter: ${NO_CONTEXT_MANAGER}`)
      isReported = true
      return spans.filter((span) => !isOwn(span))
    },
  }
}

const NO_CONTEXT_MANAGER =
  'no context manager is registered: requests to Sentry are traced; their spans are not sent'

const withoutQuery = (url: unknown): string =>
  typeof url === 'string' ? (url.split('?', 1)[0] ?? '') : ''
