/**
 * The heart, without time: spans in, transactions and errors out. The same spans in any order give the same
 * result. No exporter, no configuration and no clock are needed to call it.
 */
import { complete } from './complete.ts'
import { type Described, describe } from './describe.ts'
import type { ErrorEvent } from './ErrorEvent.ts'
import { finish } from './finish.ts'
import * as Hooks from './Hooks.ts'
import * as Limits from './Limits.ts'
import * as Losses from './Losses.ts'
import type { Mapping } from './Mapping.ts'
import * as Payload from './Payload.ts'
import * as Pending from './Pending.ts'
import type { SentrySpan } from './SentrySpan.ts'
import type { Span } from './Span.ts'
import type { Transaction } from './Transaction.ts'

// model

export interface Options {
  readonly mapping: Mapping
  /** Those of `Limits.gateway` if left out; only those of size matter where nothing waits. */
  readonly limits?: Limits.Limits
  /** What is done with spans, transactions and errors on their way; `Hooks.standard` if left out. */
  readonly hooks?: Hooks.Hooks
}

export interface Assembled<A = SentrySpan> {
  /** By the start of their roots. */
  readonly transactions: ReadonlyArray<Transaction<A>>
  /** In the order of their transactions. */
  readonly errors: ReadonlyArray<ErrorEvent>
  readonly losses: Losses.Losses
}

// destructors

/** Assembles with finished spans of any form. */
export const assembleWith =
  <A>(payload: Payload.Payload<A>) =>
  ({
    mapping,
    limits = Limits.gateway,
    hooks = Hooks.standard,
  }: Options): ((spans: ReadonlyArray<Span>) => Assembled<A>) => {
    const toNodes = describe(mapping, limits, payload, hooks)
    const step = Pending.step<Described<A>>(
      Limits.untimed(limits, hooks.span !== undefined),
      (a, b) => payload.compare(a.span, b.span),
    )
    const toEvents = finish(limits, payload)
    const toCompleted = complete(hooks, limits, payload)
    return (spans) => {
      const { nodes, dropped, losses } = toNodes(spans)
      const arrived = step(Pending.empty, { _tag: 'Arrived', nowMillis: 0, nodes, dropped })
      const flushed = step(arrived.state, { _tag: 'Flush', nowMillis: 0 })
      const finished = toCompleted(toEvents(flushed.ready), 0)
      return {
        ...finished,
        losses: Losses.concatAll([losses, arrived.losses, flushed.losses, finished.losses]),
      }
    }
  }

/** Assembles into plain JSON values. */
export const assemble: (options: Options) => (spans: ReadonlyArray<Span>) => Assembled =
  assembleWith(Payload.json)
