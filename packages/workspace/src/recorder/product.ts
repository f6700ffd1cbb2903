/**
 * All that the recorder uses of the product: a change of the product's names is followed here alone. The input is OTLP
 * in JSON, what comes out is bytes and numbers.
 */
import * as Batch from '@sentry-exporter/core/Batch'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Losses from '@sentry-exporter/core/Losses'
import { type Assembly, defaultErrorRules } from '@sentry-exporter/core/pipeline'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Config from '@sentry-exporter/exporter/Config'
import * as EnvelopePlan from '@sentry-exporter/exporter/EnvelopePlan'
import * as EventEnvelope from '@sentry-exporter/exporter/EventEnvelope'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as Routing from '@sentry-exporter/exporter/Routing'
import * as ExportLogsRequest from '@sentry-exporter/otlp/ExportLogsRequest'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import * as E from '#fp-ts/Either'

// model

export interface Settings {
  readonly config: Omit<Config.ConfigInput, 'dsn'>
  /** In place of those of the configuration. */
  readonly limits: Partial<Limits.Limits>
}

/** Requests are OTLP in JSON. */
export type ProductInput =
  | {
      readonly kind: 'arrived'
      readonly nowMillis: number
      readonly traces: string
      readonly logs: string
    }
  | { readonly kind: 'tick' | 'flush'; readonly nowMillis: number }

export interface SealedBytes {
  readonly bytes: Uint8Array
  /** All that is known of an envelope beside its bytes. */
  readonly about: ReadonlyArray<unknown>
}

export interface ProductStep {
  readonly envelopes: ReadonlyArray<SealedBytes>
  readonly losses: ReadonlyArray<readonly [string, number]>
  /** `undefined` for never. */
  readonly wakeAtMillis: number | undefined
  /** Spans that wait after the step. */
  readonly waiting: number
}

/** Decoded, and opaque to the recorder. */
export type Spans = Batch.Batch['spans']

// constructors

const MAIN_DSN = 'https://0123456789abcdef0123456789abcdef@o42.ingest.sentry.io/7'

/** The project that scenarios with routes send to beside the main one. */
export const OTHER_DSN = 'https://fedcba9876543210fedcba9876543210@sentry.example.com/base/8'

/** An exporter's assembly over time. */
export const open = ({
  config: input,
  limits,
}: Settings): ((input: ProductInput) => ProductStep) => {
  // The machine makes no logs: with logs, it would not count the records that it leaves out.
  const config = right(Config.decode({ ...input, logs: false, dsn: MAIN_DSN }))
  const { initial, step } = Pipeline.machine({
    ...Pipeline.optionsOf(config),
    limits: { ...config.limits, ...limits },
  })
  let state = initial
  return (input) => {
    const { given, cost } = inputOf(input)
    const stepped = step(state, given)
    state = stepped.state
    const made = EnvelopePlan.makeAll(stepped.emitted)
    return {
      envelopes: made.envelopes.map(({ bytes, dsn, category, spans, lossesIfDropped }) => ({
        bytes,
        about: [dsn.projectId, category, spans, lossesIfDropped],
      })),
      losses: Losses.entries(Losses.concatAll([cost, stepped.losses, made.losses])),
      wakeAtMillis: stepped.wakeAtMillis,
      waiting: state.pending.nodes,
    }
  }
}

/** The envelopes that the command `convert` writes for spans that arrive so. */
export const convert = (
  mapping: 'sentry' | 'collector',
  arrivals: ReadonlyArray<Spans>,
): Omit<ProductStep, 'wakeAtMillis' | 'waiting'> => {
  const { dsn, hooks } = right(Config.decode({ dsn: MAIN_DSN }))
  const seal = EventEnvelope.seal(dsn, {
    environment: undefined,
    sampleRate: hooks.sampleRate,
    upstreamSampleRate: undefined,
  })
  const { envelopes, losses } = Pipeline.assemble<SealedBytes>({
    mapping: Pipeline.mappingOf({ mapping }),
    limits: Limits.gateway,
    errors: defaultErrorRules,
    encode: (event, item) => {
      const { category, spans, lossesIfDropped } = seal(event, item, Routing.DEFAULT)
      return {
        bytes: Envelope.encode(EventEnvelope.unaddressed(event, item, Routing.DEFAULT)),
        about: [category, spans, lossesIfDropped],
      }
    },
  })(arrivals)
  return { envelopes, losses: Losses.entries(losses) }
}

// decoding

/** The spans of a request in OTLP JSON. */
export const spansOf = (text: string): Spans => right(ExportTraceRequest.parse(text)).spans

const inputOf = (
  input: ProductInput,
): { readonly given: Assembly.Input; readonly cost: Losses.Losses } => {
  const { nowMillis } = input
  if (input.kind !== 'arrived') {
    const tag = input.kind === 'tick' ? 'Tick' : 'Flush'
    return { given: { _tag: tag, nowMillis }, cost: Losses.empty }
  }
  const batch = right(ExportTraceRequest.parse(input.traces))
  const { records, rejected, repairs } = right(ExportLogsRequest.parse(input.logs))
  return {
    given: { _tag: 'Arrived', nowMillis, spans: batch.spans, records },
    cost: Losses.concatAll([
      Batch.losses(batch),
      Losses.of('invalid_record', rejected.length),
      repairs,
    ]),
  }
}

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(`refused: ${JSON.stringify(either.left)}`)
  return either.right
}
