/** `@sentry/opentelemetry`: spans of the SDK to the bytes of envelopes, without errors. */
import type { Span } from '@sentry-exporter/core/Span'
import type { Reference } from '../Reference.ts'
import type { Round } from '../Round.ts'
import { spansIn } from '../spansOf.ts'
import * as Peers from './Peers.ts'
import { type PeerSpan, readableSpan } from './readableSpan.ts'

// model

interface SentryCore {
  readonly ServerRuntimeClient: new (options: object) => { readonly init: () => void }
  readonly getCurrentScope: () => { readonly setClient: (client: object) => void }
  readonly serializeEnvelope: (envelope: unknown) => string | Uint8Array
}

interface SentryOpenTelemetry {
  readonly SentrySpanProcessor: new () => {
    readonly onEnd: (span: PeerSpan) => void
    readonly forceFlush: () => Promise<void>
  }
}

// constructors

/** More rounds of other ids than its list of the 10,000 spans that it sent last has room for. */
const ROUNDS_OF_OTHER_IDS = 8

/**
 * Each request of 500 spans ends and is flushed; its traces are whole. Either each round has a processor of its own, or one has
 * sent many spans before.
 */
export const sentryPeer =
  (age: 'new' | 'old') =>
  ({ requests, transactions, spans }: Reference): Round => {
    const core = Peers.load<SentryCore>('@sentry/core')
    let envelopes = 0
    const client = new core.ServerRuntimeClient({
      dsn: 'https://key@sentry.example.com/42',
      integrations: [],
      stackParser: () => [],
      tracesSampleRate: 1,
      transport: () => ({
        send: (envelope: unknown) => {
          if (core.serializeEnvelope(envelope).length > 0) envelopes++
          return Promise.resolve({})
        },
        flush: () => Promise.resolve(true),
      }),
    })
    core.getCurrentScope().setClient(client)
    client.init()
    const peer = Peers.load<SentryOpenTelemetry>('@sentry/opentelemetry')
    let processor = new peer.SentrySpanProcessor()
    const decoded = requests.map((text) => spansIn('json', new TextEncoder().encode(text)))
    const rounds = Array.from({ length: ROUNDS_OF_OTHER_IDS }, (_, nth) => readable(decoded, nth))
    let round = 0
    return {
      spans,
      run: async () => {
        envelopes = 0
        if (age === 'new') processor = new peer.SentrySpanProcessor()
        for (const request of rounds[round++ % rounds.length] ?? []) {
          for (const span of request) processor.onEnd(span)
          await processor.forceFlush()
        }
        if (envelopes !== transactions.length)
          throw new Error(`the peer sent ${envelopes} envelopes`)
      },
    }
  }

const readable = (
  requests: ReadonlyArray<ReadonlyArray<Span>>,
  nth: number,
): ReadonlyArray<ReadonlyArray<PeerSpan>> =>
  requests.map((spans) => spans.map((span) => readableSpan(span, String(nth))))
