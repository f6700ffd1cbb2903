/**
 * From spans to envelopes over time: a state machine without a clock. What `Pending` is to nodes, this is to spans: they
 * are described when they come, and become envelopes when their segment is ready.
 */

import { defaultErrorRules } from '@sentry-exporter/core/defaultErrorRules'
import { describe } from '@sentry-exporter/core/describe'
import type { ErrorRules } from '@sentry-exporter/core/ErrorRules'
import * as Finish from '@sentry-exporter/core/finish'
import * as Hooks from '@sentry-exporter/core/Hooks'
import type { Limits } from '@sentry-exporter/core/Limits'
import * as LoggedException from '@sentry-exporter/core/LoggedException'
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import * as Losses from '@sentry-exporter/core/Losses'
import type { Mapping } from '@sentry-exporter/core/Mapping'
import * as Pending from '@sentry-exporter/core/Pending'
import type { Span } from '@sentry-exporter/core/Span'
import * as TransactionPlan from '@sentry-exporter/core/TransactionPlan'
import * as EnvelopeDraft from './EnvelopeDraft.ts'
import * as EnvelopePlan from './EnvelopePlan.ts'
import * as FinishedSpan from './FinishedSpan.ts'
import * as Routing from './Routing.ts'

// model

export type Input =
  | {
      readonly _tag: 'Arrived'
      readonly nowMillis: number
      readonly spans: ReadonlyArray<Span>
      readonly records?: ReadonlyArray<LogRecord>
    }
  | { readonly _tag: 'Tick'; readonly nowMillis: number }
  | { readonly _tag: 'Flush'; readonly nowMillis: number }

export interface State {
  readonly pending: Pending.Pending<FinishedSpan.FinishedSpan>
  readonly telling: ReturnType<ReturnType<typeof Finish.finish>>['state']
}

/** What spans become: `transactions: false` makes errors alone. */
export interface Rules {
  readonly errors?: ErrorRules
  readonly hooks?: Hooks.Hooks
  readonly transactions?: boolean
  /** What goes elsewhere than to the main DSN. */
  readonly routes?: ReadonlyArray<Routing.Route>
}

export interface Step {
  readonly state: State
  /** Errors before transactions: they are sent first. */
  readonly ready: ReadonlyArray<EnvelopePlan.EnvelopePlan>
  /** Beside what it costs to make what is ready. */
  readonly losses: Losses.Losses
  /** When the next Tick can make a difference; `undefined` for never. */
  readonly wakeAtMillis: number | undefined
}

// constructors

export const empty: State = { pending: Pending.empty, telling: Finish.nothingTold }

// combinators

/** Times are milliseconds since 1970; zero where there is no clock. */
export const step = (
  mapping: Mapping,
  limits: Limits,
  {
    errors = defaultErrorRules,
    hooks = Hooks.defaults,
    transactions: withTransactions = true,
    routes = [],
  }: Rules = {},
): ((state: State, input: Input) => Step) => {
  const toNodes = describe(mapping, limits, FinishedSpan.payload, hooks, errors)
  const next = Pending.step(limits, FinishedSpan.payload.compare)
  const dsnFor = Routing.dsnFor(routes)
  const prepare = Finish.prepare(limits, FinishedSpan.payload, { errors, hooks }, (made, from) =>
    EnvelopePlan.of(EnvelopeDraft.routed(dsnFor(from))(EnvelopeDraft.ofError(made))),
  )
  const makeAt = TransactionPlan.make(limits, FinishedSpan.payload, hooks.transaction)
  const toLogged = LoggedException.of(mapping, hooks.privacy)
  return (before, input) => {
    const { nowMillis } = input
    const arrived = input._tag === 'Arrived' ? input : undefined
    const records = arrived?.records ?? []
    const logged = records.flatMap((record) => toLogged(record) ?? [])
    const { nodes, dropped, losses } = toNodes(arrived?.spans ?? [], nowMillis)
    const stepped = next(
      before.pending,
      input._tag === 'Arrived' ? { _tag: 'Arrived', nowMillis, nodes, dropped } : input,
    )
    const isFlush = input._tag === 'Flush'
    const { ready, early } = stepped
    const events = prepare(before.telling, { ready, early, logged, nowMillis, isFlush })
    const toMade = makeAt(nowMillis)
    const toReady = (
      draft: TransactionPlan.TransactionPlan<FinishedSpan.FinishedSpan>,
    ): EnvelopePlan.EnvelopePlan => ({
      spans: TransactionPlan.spanCount(draft),
      make: () => {
        const { transaction, base, losses: cost } = toMade(draft)
        const to = EnvelopeDraft.routed(dsnFor(draft.from))
        return {
          envelope: transaction && to(EnvelopeDraft.ofTransaction(transaction, base)),
          losses: cost,
        }
      },
    })
    const transactions = events.drafts.map(toReady)
    return {
      state: { pending: stepped.state, telling: events.state },
      ready: withTransactions ? [...events.errors, ...transactions] : events.errors,
      losses: Losses.concatAll([
        losses,
        Losses.of('log_record', records.length - logged.length),
        stepped.losses,
        events.losses,
        Losses.of('transactions_off', withTransactions ? 0 : EnvelopePlan.spansIn(transactions)),
      ]),
      wakeAtMillis: earlier(stepped.wakeAtMillis, events.wakeAtMillis),
    }
  }
}

const earlier = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a
