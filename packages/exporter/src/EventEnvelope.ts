/**
 * From an event to its envelope: printed, then sealed for the project that it goes to.
 *
 * @example
 * ```ts
 * import { Config, EventEnvelope, ItemEnvelope, Pipeline } from '@sentry-exporter/exporter'
 *
 * const config = Config.decode({ dsn: 'https://key@sentry.example.com/42' })
 * if (config._tag === 'Right') {
 *   const options = {
 *     ...Pipeline.optionsOf(config.right),
 *     encode: EventEnvelope.unaddressed,
 *     encodeItems: ItemEnvelope.unaddressed,
 *   }
 *   console.log(Pipeline.assemble(options)([]).envelopes.length) // 0
 * }
 * ```
 */
import type { ErrorEvent } from '@sentry-exporter/core/ErrorEvent'
import type { EventBase } from '@sentry-exporter/core/pipeline'
import * as Sampling from '@sentry-exporter/core/Sampling'
import { sdk } from '@sentry-exporter/core/Sdk'
import * as Transaction from '@sentry-exporter/core/Transaction'
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Item from '@sentry-exporter/envelope/Item'
import type { EnvelopeMeta, Sealed } from '@sentry-exporter/envelope/Sealed'
import * as TraceHeader from '@sentry-exporter/envelope/TraceHeader'
import * as ErrorPrinter from './ErrorPrinter.ts'
import type { FinishedSpan } from './FinishedSpan.ts'
import type { NamedProject } from './ProjectSlug.ts'
import type { Destination } from './Routing.ts'
import * as TransactionPrinter from './TransactionPrinter.ts'

// model

export type Event = Transaction.Transaction<FinishedSpan> | ErrorEvent

/** A sealed envelope whose project may be known by its slug only: its DSN is then that of the default project, or none. */
export interface AddressedEnvelope extends Sealed {
  readonly project?: NamedProject | undefined
}

/** Makes the envelope of an event. `item` is the printed event. */
export type Encode<A> = (event: Event, item: Item.Item<Item.Content>, to: Destination) => A

/** Prints an event. `base` as for `TransactionPrinter` and `ErrorPrinter`. */
export type Print = (event: Event, base?: EventBase.EventBase) => Item.Item<Item.Content>

/** The part of the trace header that is the same for all traces. */
export interface Heading {
  /** Only if it is forced on all events. */
  readonly environment: string | undefined
  readonly sampleRate: number
  readonly upstreamSampleRate: number | undefined
}

/** The parts of trace headers that may change. */
export interface Headings {
  /** The project whose key is in the trace headers where there is no default project. */
  readonly headOf?: (() => Dsn.Dsn | undefined) | undefined
  /** The headings of traces with another one. */
  readonly earlier?: ((traceId: string) => Heading | undefined) | undefined
}

const SENDER = { name: sdk.name, version: sdk.version }

// guards

const isTransaction = (event: Event): event is Transaction.Transaction<FinishedSpan> =>
  'spans' in event

// encoding

/** A printer for one pipeline. */
export const printer = (): Print => {
  const print = TransactionPrinter.make()
  const printError = ErrorPrinter.make()
  return (event, base) =>
    isTransaction(event)
      ? Item.of('transaction', print(event, base))
      : Item.of('event', printError(event, base))
}

/** An envelope that belongs to no project yet: without a trace header. */
export const unaddressed: Encode<Envelope.Envelope<Item.Content>> = (event, item) =>
  envelopeOf(event, item, undefined)

/**
 * Seals envelopes for the default project, or for that of their route. The trace header has the key of the default project for
 * all projects, so that it is the same on all envelopes of a trace: a server that does not know the key accepts the envelope,
 * and samples it by its own project (`relay-server/src/services/processor/dynamic_sampling.rs` of getsentry/relay). Without a
 * default project the header has the key of `headOf`, or one that is filled in before sending.
 */
export const seal = (
  main: Dsn.Dsn | undefined,
  heading: Heading,
  { headOf = () => main, earlier = () => undefined }: Headings = {},
): Encode<AddressedEnvelope> => {
  const lossesOf = lossesIfDropped()
  return (event, item, to) => {
    const { trace_id, client_sample_rate } = event.contexts.trace
    const { environment, sampleRate: own, upstreamSampleRate } = earlier(trace_id) ?? heading
    const rate = Sampling.rateOf(own, client_sample_rate ?? upstreamSampleRate)
    const trace = TraceHeader.of(main ?? headOf() ?? Dsn.unknown, trace_id, environment, rate)
    return {
      dsn: to._tag === 'Dsn' ? to.dsn : (main ?? Dsn.unknown),
      project: to._tag === 'Project' ? to.project : undefined,
      eventId: event.event_id,
      category: categoryOf(event),
      lossesIfDropped: lossesOf(event),
      bytes: Envelope.encode(envelopeOf(event, item, trace)),
      spans: spansIn(event),
      // Filled in by the delivery.
      batch: undefined,
    }
  }
}

const envelopeOf = (
  { event_id }: Event,
  item: Item.Item<Item.Content>,
  trace: TraceHeader.TraceHeader | undefined,
): Envelope.Envelope<Item.Content> => ({
  // hot: always the same fields, because V8 would give a copy with one more field a class of its own each time.
  header: { event_id, sdk: SENDER, trace },
  items: [item],
})

// folds

export const categoryOf = (event: Event): 'transaction' | 'error' =>
  isTransaction(event) ? 'transaction' : 'error'

/** Spans of the input in an event: a synthetic root does not count. */
export const spansIn = (event: Event): number =>
  isTransaction(event) ? Transaction.spanCount(event) : 0

type Counts = EnvelopeMeta['lossesIfDropped']

const ONE_ERROR: Counts = [['error', 1]]

const MAX_SHARED_SPANS = 1_000

/**
 * A transaction counts once, and each of its spans with its root (`develop-docs/sdk/telemetry/client-reports.mdx`). Most
 * transactions are small, and many wait at a time: those of one size share one list.
 */
const lossesIfDropped = (): ((event: Event) => Counts) => {
  const shared: Array<Counts | undefined> = []
  return (event) => {
    if (!isTransaction(event)) return ONE_ERROR
    const spans = event.spans.length + 1
    const known = shared[spans]
    if (known !== undefined) return known
    const counts: Counts = [
      ['transaction', 1],
      ['span', spans],
    ]
    if (spans < MAX_SHARED_SPANS) shared[spans] = counts
    return counts
  }
}
