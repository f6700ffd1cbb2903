/**
 * The assembly over time: a state machine that takes spans and log records, and emits error events and plans of transactions.
 * Spans are described when they arrive, wait for the rest of their segment, and are planned when it is ready.
 */

import type { ErrorRules } from '../errors/ErrorRules.ts'
import * as ErrorStage from '../errors/ErrorStage.ts'
import * as LoggedException from '../errors/LoggedException.ts'
import * as HookFailure from '../filter/HookFailure.ts'
import { frozen } from '../internal/frozen.ts'
import type { Mapping } from '../mapping/Mapping.ts'
import type { Limits } from '../model/Limits.ts'
import type { LogRecord } from '../model/LogRecord.ts'
import * as Losses from '../model/Losses.ts'
import type { Span } from '../model/Span.ts'
import type { TraceId } from '../model/TraceId.ts'
import * as Pending from '../pending/Pending.ts'
import * as SentHistory from '../pending/SentHistory.ts'
import * as Halves from '../segment/Halves.ts'
import type { Payload } from '../segment/Payload.ts'
import type { Described, Describer, DescribeSpans } from './describe.ts'
import { describerByResource, type MappingFor } from './describeByResource.ts'
import * as Hooks from './Hooks.ts'
import type { Flush, Machine, Step, Tick, Timed } from './Machine.ts'
import { type Emit, planSegments } from './planSegments.ts'
import * as TraceShifts from './TraceShifts.ts'

// model

export interface Arrived<A = never> extends Timed {
  readonly _tag: 'Arrived'
  readonly spans: ReadonlyArray<Span>
  readonly records?: ReadonlyArray<LogRecord>
  /** More spans, which the describer of this machine described already. */
  readonly described?: ReadonlyArray<Described<A>> | undefined
}

export type Input<A = never> = Arrived<A> | Tick | Flush

export interface Assembly<A> {
  readonly pending: Pending.Pending<A>
  readonly errors: ErrorStage.ErrorStage
  readonly shifts: TraceShifts.TraceShifts
}

export interface Options<A, B> {
  readonly mapping: Mapping
  /** Takes the place of `mapping` for the resources for which it gives one, from the moment at which a span arrives. */
  readonly mappingFor?: MappingFor | undefined
  readonly limits: Limits
  readonly payload: Payload<A>
  /** Which exceptions become errors. */
  readonly errors: ErrorRules
  /** `Hooks.defaults` if left out. */
  readonly hooks?: Hooks.Hooks | undefined
  /** `false` emits errors alone, and counts the spans of ready segments as `transactions_off`. */
  readonly transactions?: boolean | undefined
  /** Whether log records are sent as logs too, so that one without an error is not lost. */
  readonly sendsLogs?: boolean | undefined
  /** Transactions outside of the times that the server accepts: shifted by whole days (the default), or dropped. */
  readonly oldTraces?: 'shift' | 'drop' | undefined
  readonly emit: Emit<A, B>
}

// constructors

export const empty: Assembly<never> = /* @__PURE__ */ frozen({
  pending: Pending.empty,
  errors: ErrorStage.empty,
  shifts: TraceShifts.empty,
})

/** Spans that arrive, where there is no clock. */
export const arrived = (spans: ReadonlyArray<Span>): Arrived => ({
  _tag: 'Arrived',
  nowMillis: 0,
  spans,
})

/** A machine, and the describer of its spans. */
export interface AssemblyMachine<A, B> extends Machine<Assembly<A>, Arrived<A>, B> {
  readonly describer: Describer<A>
}

/** A machine that emits errors before transactions: they are sent first. */
export const machine = <A, B>(options: Options<A, B>): AssemblyMachine<A, B> => {
  const { mapping, mappingFor, limits, payload, errors, hooks: filter = Hooks.defaults } = options
  const spans = describerByResource({ mapping, limits, payload, filter, errors }, mappingFor)
  return { initial: empty, step: step(options, spans.spans), describer: spans }
}

const step = <A, B>(
  {
    mapping,
    mappingFor,
    limits,
    payload,
    errors,
    hooks = Hooks.defaults,
    transactions,
    oldTraces,
    sendsLogs,
    emit,
  }: Options<A, B>,
  toNodes: DescribeSpans<A>,
): ((before: Assembly<A>, input: Input<A>) => Step<Assembly<A>, B>) => {
  const wait = Pending.step(limits, payload.compare, payload.memory)
  const toLosses = sendsLogs === true ? lossesWithRecords : Losses.concatAll
  const toLogged = LoggedException.byResource(mapping, mappingFor, hooks.privacy)
  const plan = planSegments({ limits, payload, errors, hooks, transactions, oldTraces, emit })
  return (before, input) => {
    const { nowMillis, dateMillis = nowMillis } = input
    const {
      spans = NONE,
      records = NONE,
      described = NONE,
    } = input._tag === 'Arrived' ? input : NOTHING
    const logged =
      records.length === 0
        ? NONE
        : records
            .flatMap((record) => toLogged(record) ?? [])
            .map(withSpanOf(before.pending.sentHistory))
    const { nodes, dropped, losses, failures } = withDescribed(
      spans.length === 0 ? nothingDescribed : toNodes(spans, dateMillis),
      described,
    )
    const waited = wait(
      before.pending,
      input._tag === 'Arrived'
        ? {
            _tag: 'Arrived',
            nowMillis,
            acceptedMillis: dateMillis,
            nodes,
            dropped,
            openTraces: input.openTraces,
          }
        : input,
    )
    const { ready, early, accepted } = waited
    const isFlush = input._tag === 'Flush'
    const acceptedMillis = (traceId: TraceId): number => accepted.get(traceId) ?? dateMillis
    const shifts = TraceShifts.decide(before.shifts, ready, acceptedMillis)
    const planned = plan(before.errors, {
      ready,
      early,
      logged,
      // An earlier time than that of an earlier input counts as that one.
      nowMillis: waited.state.nowMillis,
      isFlush,
      shiftOf: (id) => ({
        days: TraceShifts.daysOf(shifts, id),
        acceptedMillis: acceptedMillis(id),
      }),
    })
    const all = HookFailure.concat(failures, planned.failures)
    const result: Step<Assembly<A>, B> = {
      state: { pending: waited.state, errors: planned.state, shifts },
      emitted: planned.emitted,
      losses: toLosses([
        losses,
        Losses.of('log_record', records.length - logged.length),
        waited.losses,
        planned.losses,
      ]),
      wakeAtMillis: earlier(waited.wakeAtMillis, planned.wakeAtMillis),
    }
    return all.length === 0 ? result : { ...result, failures: all }
  }
}

const lossesWithRecords = (all: ReadonlyArray<Losses.Losses>): Losses.Losses =>
  Losses.without('log_record', Losses.concatAll(all))

const NONE: ReadonlyArray<never> = /* @__PURE__ */ frozen([])

const NOTHING: Partial<Arrived> = /* @__PURE__ */ frozen({})

const nothingDescribed: Described<never> = /* @__PURE__ */ frozen({
  nodes: NONE,
  dropped: NONE,
  losses: Losses.empty,
  failures: NONE,
})

const withDescribed = <A>(
  first: Described<A>,
  others: ReadonlyArray<Described<A>>,
): Described<A> => {
  const [second] = others
  if (second === undefined) return first
  if (first === nothingDescribed && others.length === 1) return second
  const all = [first, ...others]
  return {
    nodes: all.flatMap(({ nodes }) => nodes),
    dropped: all.flatMap(({ dropped }) => dropped),
    losses: Losses.concatAll(all.map(({ losses }) => losses)),
    failures: all.reduce((sum, { failures }) => HookFailure.concat(sum, failures), first.failures),
  }
}

/** A log record that names the shared id of two halves of a call belongs to that of its service, which may have been sent. */
const withSpanOf =
  (history: SentHistory.SentHistory) =>
  (logged: LoggedException.LoggedException): LoggedException.LoggedException => {
    const { traceId, spanId, base } = logged
    const { sent } = SentHistory.ofTrace(history, traceId)
    if (sent === undefined) return logged
    const id = Halves.meant({ traceId, spanId, service: base.from.service }, sent(spanId), sent)
    return id === undefined ? logged : { ...logged, spanId: id }
  }

const earlier = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a
