/**
 * From spans to envelopes over time: a state machine without a clock. What `Pending` is to nodes, this is to spans: they
 * are described when they come, and become envelopes when their segment is ready.
 */
import { complete } from '@sentry-exporter/core/complete'
import { type Described, describe } from '@sentry-exporter/core/describe'
import { finish } from '@sentry-exporter/core/finish'
import * as Hooks from '@sentry-exporter/core/Hooks'
import type { Limits } from '@sentry-exporter/core/Limits'
import * as Losses from '@sentry-exporter/core/Losses'
import type { Mapping } from '@sentry-exporter/core/Mapping'
import * as Pending from '@sentry-exporter/core/Pending'
import type { Span } from '@sentry-exporter/core/Span'
import * as FinishedSpan from './FinishedSpan.ts'
import * as Unsealed from './Unsealed.ts'

// model

export type Input =
  | { readonly _tag: 'Arrived'; readonly nowMillis: number; readonly spans: ReadonlyArray<Span> }
  | { readonly _tag: 'Tick'; readonly nowMillis: number }
  | { readonly _tag: 'Flush'; readonly nowMillis: number }

export type State = Pending.Pending<Described<FinishedSpan.FinishedSpan>>

export interface Step {
  readonly state: State
  /** Errors before transactions: they are sent first. */
  readonly envelopes: ReadonlyArray<Unsealed.Unsealed>
  readonly losses: Losses.Losses
  /** When the next Tick can make a difference; `undefined` for never. */
  readonly wakeAtMillis: number | undefined
}

// constructors

export const empty: State = Pending.empty

// combinators

/** Times are milliseconds since 1970; zero where there is no clock. */
export const step = (
  mapping: Mapping,
  limits: Limits,
  hooks: Hooks.Hooks = Hooks.standard,
): ((state: State, input: Input) => Step) => {
  const toNodes = describe(mapping, limits, FinishedSpan.payload, hooks)
  const next = Pending.step<Described<FinishedSpan.FinishedSpan>>(limits, (a, b) =>
    FinishedSpan.payload.compare(a.span, b.span),
  )
  const toEvents = finish(limits, FinishedSpan.payload)
  const toCompleted = complete(hooks, limits, FinishedSpan.payload)
  return (before, input) => {
    const { nowMillis } = input
    const { nodes, dropped, losses } =
      input._tag === 'Arrived'
        ? toNodes(input.spans, nowMillis)
        : { nodes: [], dropped: [], losses: Losses.empty }
    const stepped = next(
      before,
      input._tag === 'Arrived' ? { _tag: 'Arrived', nowMillis, nodes, dropped } : input,
    )
    const events = toCompleted(toEvents(stepped.ready), nowMillis)
    return {
      state: stepped.state,
      envelopes: [
        ...events.errors.map(Unsealed.ofError),
        ...events.transactions.map(Unsealed.ofTransaction),
      ],
      losses: Losses.concatAll([losses, stepped.losses, events.losses]),
      wakeAtMillis: stepped.wakeAtMillis,
    }
  }
}
