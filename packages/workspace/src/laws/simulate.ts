/**
 * Simulated traffic through two replicas of an exporter, with their own clocks, restarts and small limits. Checks every step
 * and the whole: bounded state, every span sent once, no event id used for two contents.
 */
import { ok, strictEqual } from 'node:assert'
import * as Hooks from '@sentry-exporter/core/Hooks'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Mapping from '@sentry-exporter/core/Mapping'
import {
  Assembly,
  collect,
  defaultErrorRules,
  describe,
  emitMade,
  Payload,
  Pending,
  planSegments,
  Schedule,
} from '@sentry-exporter/core/pipeline'
import type { SentrySpan } from '@sentry-exporter/core/SentrySpan'
import * as Transaction from '@sentry-exporter/core/Transaction'
import { type Sending, traffic } from '../campaigns/Traffic.ts'
import * as Random from '../Random.ts'

// model

export interface Simulation {
  readonly seconds: number
  readonly seed: number
  readonly limits: Limits.Limits
}

export interface Simulated {
  readonly spans: number
  readonly transactions: number
  /** Transactions by origin: entries and the kinds of continuation. */
  readonly reasons: Readonly<Record<string, number>>
  readonly maxWaiting: number
  readonly maxTraces: number
  readonly maxBytes: number
  readonly maxRemembered: number
  readonly restarts: number
  readonly losses: Losses.Losses
}

type Value = SentrySpan

// running

/** Throws if a check fails. */
export const simulate = ({ seconds, seed, limits }: Simulation): Simulated => {
  const random = Random.of(seed)
  const toNodes = describe({ mapping: Mapping.sentry, limits, payload: Payload.json })
  const next = Pending.step<Value>(limits, Payload.json.compare)
  const plan = planSegments({
    limits,
    payload: Payload.json,
    errors: defaultErrorRules,
    hooks: Hooks.defaults,
    emit: emitMade,
  })
  const contents = new Map<string, string>()
  const reasons: Record<string, number> = {}
  let losses = Losses.empty
  let spans = 0
  let sent = 0
  let restarts = 0
  const max = { waiting: 0, traces: 0, bytes: 0, remembered: 0 }
  const replicas = [replicaOf(), replicaOf()]

  const apply = (replica: Replica, input: Pending.PendingInput<Value>): void => {
    const step = next(replica.state, input)
    const { state } = step
    replica.state = state
    replica.wakeAtMillis = step.wakeAtMillis
    losses = Losses.concat(losses, step.losses)
    ok(state.waitingTraces <= limits.maxTraces && state.bytes <= limits.maxPendingBytes)
    ok(state.remembered <= limits.maxRememberedSpans)
    checkSchedule(state)
    raise(max, state)
    const { ready, early } = step
    const { nowMillis } = state
    const planned = plan(replica.errors, { ready, early, logged: [], nowMillis, isFlush: false })
    replica.errors = planned.state
    for (const transaction of collect(planned.emitted, planned.losses).transactions) {
      const reason = reasonOf(transaction)
      reasons[reason] = (reasons[reason] ?? 0) + 1
      sent += Transaction.spanCount(transaction)
      const text = JSON.stringify(transaction)
      strictEqual(contents.get(transaction.event_id) ?? text, text, 'one event id for two contents')
      contents.set(transaction.event_id, text)
    }
  }
  const tickUntil = (replica: Replica, untilMillis: number): void => {
    while (replica.wakeAtMillis !== undefined && replica.wakeAtMillis <= untilMillis) {
      apply(replica, { _tag: 'Tick', nowMillis: replica.wakeAtMillis })
    }
  }
  const receive = (replica: Replica, { atMillis, spans: arrived }: Sending): void => {
    apply(replica, { _tag: 'Arrived', nowMillis: atMillis, nodes: toNodes(arrived).nodes })
  }

  for (const sending of traffic(seconds, random)) {
    for (const replica of replicas) tickUntil(replica, sending.atMillis)
    // Usually one replica for a service, as a balancer with sticky connections does; sometimes the other one.
    const other = random() < 0.98 ? 0 : 1
    const [replica] = replicas.slice((sending.service + other) % 2)
    if (replica === undefined) continue
    spans += sending.spans.length
    receive(replica, sending)
    // One sending in a thousand arrives twice. Sometimes a replica restarts: it forgets its history, but loses no spans.
    if (random() < 0.001) {
      spans += sending.spans.length
      receive(replica, sending)
    }
    if (random() < 0.0005) {
      apply(replica, { _tag: 'Flush', nowMillis: sending.atMillis })
      Object.assign(replica, replicaOf())
      restarts++
    }
  }
  for (const replica of replicas) {
    tickUntil(replica, Number.MAX_SAFE_INTEGER)
    checkEmpty(replica.state)
  }
  strictEqual(sent + Losses.spans(losses), spans, 'a span was lost or sent twice')
  return {
    spans,
    transactions: contents.size,
    reasons,
    maxWaiting: max.waiting,
    maxTraces: max.traces,
    maxBytes: max.bytes,
    maxRemembered: max.remembered,
    restarts,
    losses,
  }
}

/** Throws if the schedule has more entries than the waiting traces account for. */
export const checkSchedule = ({ schedule, waitingTraces }: Pending.Pending<unknown>): void => {
  const [timers, arrivals] = Schedule.sizes(schedule)
  const max = 2 * waitingTraces + Schedule.SLACK
  ok(arrivals >= waitingTraces, 'an entry is missing')
  ok(timers <= max && arrivals <= max, 'too many entries')
}

/** Limits that the traffic reaches. */
export const TIGHT: Limits.Limits = {
  ...Limits.gateway,
  maxTraces: 2_000,
  maxPendingBytes: 8 * 1024 * 1024,
  maxSpansPerTrace: 250,
  maxRememberedSpans: 20_000,
}

interface Replica {
  state: Pending.Pending<Value>
  errors: Assembly.Assembly<Value>['errors']
  wakeAtMillis: number | undefined
}

const replicaOf = (): Replica => ({
  state: Pending.empty,
  errors: Assembly.empty.errors,
  wakeAtMillis: undefined,
})

interface Maxima {
  waiting: number
  traces: number
  bytes: number
  remembered: number
}

/** Raises the maxima to those of a state. */
const raise = (max: Maxima, state: Pending.Pending<Value>): void => {
  max.waiting = Math.max(max.waiting, state.nodes)
  max.traces = Math.max(max.traces, state.waitingTraces)
  max.bytes = Math.max(max.bytes, state.bytes)
  max.remembered = Math.max(max.remembered, state.remembered)
}

const checkEmpty = (state: Pending.Pending<Value>): void => {
  strictEqual(state.nodes, 0, 'nodes wait for ever')
  strictEqual(state.remembered, 0, 'spans are remembered for ever')
}

const reasonOf = ({ contexts }: Transaction.Transaction): string =>
  String(contexts.trace.data?.['sentry_exporter.continuation'] ?? 'entry')
