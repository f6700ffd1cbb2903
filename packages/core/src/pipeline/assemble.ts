/**
 * The heart, without time: spans in, transactions and errors out. The same spans in any order give the same
 * result. No exporter, no configuration and no clock are needed to call it.
 */

import { defaultErrorRules } from '../errors/defaultErrorRules.ts'
import type { ErrorRules } from '../errors/ErrorRules.ts'
import type { Mapping } from '../mapping/Mapping.ts'
import * as Limits from '../model/Limits.ts'
import * as Losses from '../model/Losses.ts'
import type { Span } from '../model/Span.ts'
import * as Pending from '../pending/Pending.ts'
import * as Payload from '../segment/Payload.ts'
import type { ErrorEvent } from '../sentry/ErrorEvent.ts'
import type { SentrySpan } from '../sentry/SentrySpan.ts'
import { describe } from './describe.ts'
import * as Finish from './finish.ts'
import * as Hooks from './Hooks.ts'
import type { Transaction } from './Transaction.ts'

// model

export interface Options {
  readonly mapping: Mapping
  /** Those of `Limits.gateway` if left out; only those of size matter where nothing waits. */
  readonly limits?: Limits.Limits
  /** Which exceptions become errors. A rule that is not given is that of `defaultErrorRules`. */
  readonly errors?: Partial<ErrorRules>
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
    errors: given = {},
    hooks = Hooks.defaults,
  }: Options): ((spans: ReadonlyArray<Span>) => Assembled<A>) => {
    const errors: ErrorRules = { ...defaultErrorRules, ...given }
    const all = Limits.untimed(limits, hooks.span !== undefined)
    const toNodes = describe(mapping, all, payload, hooks, errors)
    const step = Pending.step<A>(all, payload.compare)
    const toEvents = Finish.finish(all, payload, { errors, hooks })
    return (spans) => {
      const { nodes, dropped, losses } = toNodes(spans)
      const arrived = step(Pending.empty, { _tag: 'Arrived', nowMillis: 0, nodes, dropped })
      const flushed = step(arrived.state, { _tag: 'Flush', nowMillis: 0 })
      const { transactions, errors: made, losses: late } = toEvents(Finish.nothingTold, flushed)
      return {
        transactions,
        errors: made,
        losses: Losses.concatAll([losses, arrived.losses, flushed.losses, late]),
      }
    }
  }

/** Assembles into plain JSON values. */
export const assemble: (options: Options) => (spans: ReadonlyArray<Span>) => Assembled =
  assembleWith(Payload.json)
