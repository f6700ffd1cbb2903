/** An envelope, and what is known of it, before it is decided where it goes. */
import type { ErrorEvent } from '@sentry-exporter/core/ErrorEvent'
import type { EventBase } from '@sentry-exporter/core/EventBase'
import * as Sampling from '@sentry-exporter/core/Sampling'
import { sdk } from '@sentry-exporter/core/Sdk'
import * as Transaction from '@sentry-exporter/core/Transaction'
import type { Dsn } from '@sentry-exporter/envelope/Dsn'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import type { EventId } from '@sentry-exporter/envelope/EventId'
import * as Item from '@sentry-exporter/envelope/Item'
import type * as Sealed from '@sentry-exporter/envelope/Sealed'
import * as TraceHeader from '@sentry-exporter/envelope/TraceHeader'
import * as WellFormed from '@sentry-exporter/envelope/WellFormed'
import type { FinishedSpan } from './FinishedSpan.ts'
import { printTransaction } from './printTransaction.ts'
import * as Routing from './Routing.ts'

// model

/** A sealed envelope, and how many spans of the input it holds: a root that no program made is none. */
export interface SealedEnvelope extends Sealed.Sealed {
  readonly spans: number
}

export interface EnvelopeDraft extends Omit<Sealed.Sealed, 'bytes' | 'dsn'> {
  readonly eventId: EventId
  readonly traceId: string
  /** The probability with which the trace was kept before it came here, where its trace state tells. */
  readonly sampleRate: number | undefined
  /** Spans of the input that it holds. */
  readonly spans: number
  readonly items: ReadonlyArray<Item.Item<Item.Content>>
  /** Where it goes; `undefined` for the main DSN. */
  readonly to: Dsn | undefined
}

// constructors

/**
 * A transaction counts once, and each of its spans with its root (`develop-docs/sdk/telemetry/client-reports.mdx`). `base` as
 * for `printTransaction`.
 */
export const ofTransaction = (
  transaction: Transaction.Transaction<FinishedSpan>,
  base?: EventBase,
): EnvelopeDraft => ({
  traceId: transaction.contexts.trace.trace_id,
  sampleRate: transaction.contexts.trace.client_sample_rate,
  eventId: transaction.event_id,
  category: 'transaction',
  spans: Transaction.spanCount(transaction),
  lossesIfDropped: losesOf(transaction.spans.length + 1),
  items: [Item.of('transaction', printTransaction(transaction, base))],
  to: undefined,
})

export const ofError = (error: ErrorEvent): EnvelopeDraft => ({
  traceId: error.contexts.trace.trace_id,
  sampleRate: error.contexts.trace.client_sample_rate,
  eventId: error.event_id,
  category: 'error',
  spans: 0,
  lossesIfDropped: [['error', 1]],
  items: [Item.of('event', [WellFormed.stringify(error)])],
  to: undefined,
})

// combinators

/** Says where it goes; `undefined` for the main DSN. */
export const routed =
  (to: Dsn | undefined) =>
  (unsealed: EnvelopeDraft): EnvelopeDraft =>
    to === undefined ? unsealed : { ...unsealed, to }

// destructors

/** The envelope, with what its header says of the trace, if that is known. */
export const envelopeOf = (
  { eventId, items }: EnvelopeDraft,
  trace?: TraceHeader.TraceHeader,
): Envelope.Envelope<Item.Content> => ({
  // hot: a copy of a header with one more field would be of a class of its own each time.
  header: { event_id: eventId, sdk: SENDER, trace },
  items,
})

const SENDER = { name: sdk.name, version: sdk.version }

/** What the trace header says of all traces. */
export interface Heading {
  /** Only if it is forced on all events. */
  readonly environment: string | undefined
  readonly sampleRate: number
  readonly upstreamSampleRate: number | undefined
}

/** Addresses an envelope, and finishes its bytes. */
export const seal =
  (main: Dsn, { environment, sampleRate: own, upstreamSampleRate }: Heading) =>
  (unsealed: EnvelopeDraft): SealedEnvelope => {
    const { to: dsn = main } = unsealed
    const { eventId, category, lossesIfDropped, spans } = unsealed
    const rate = Sampling.rateOf(own, unsealed.sampleRate ?? upstreamSampleRate)
    const trace = TraceHeader.of(Routing.headOf(main, dsn), unsealed.traceId, environment, rate)
    const bytes = Envelope.encode(envelopeOf(unsealed, trace))
    // With a place for what it comes with.
    return {
      dsn,
      eventId,
      category,
      lossesIfDropped,
      bytes,
      spans,
      batch: undefined,
    }
  }

/** Most are small, and many wait at a time: those of one size share what they say. */
const losesOf = (spans: number): Sealed.Sealed['lossesIfDropped'] => {
  const known = LOSES.get(spans)
  if (known !== undefined) return known
  const loses: Sealed.Sealed['lossesIfDropped'] = [
    ['transaction', 1],
    ['span', spans],
  ]
  if (spans < MAX_LOSES) LOSES.set(spans, loses)
  return loses
}

const MAX_LOSES = 1_000

const LOSES = new Map<number, Sealed.Sealed['lossesIfDropped']>()
