/**
 * The whole transformation without time: spans become transactions and errors. The same spans in any order give the same
 * result. It needs no exporter, no configuration and no clock.
 *
 * @example
 * ```ts
 * import { assemble, Losses, Mapping } from '@sentry-exporter/core'
 *
 * const { transactions, errors, losses } = assemble({ mapping: Mapping.sentry })([])
 * console.log(transactions.length, errors.length, Losses.show(losses)) // 0 0 nothing lost
 * ```
 */

import { defaultErrorRules } from '../errors/defaultErrorRules.ts'
import type { ErrorRules } from '../errors/ErrorRules.ts'
import * as HookFailure from '../filter/HookFailure.ts'
import { frozen } from '../internal/frozen.ts'
import { isTrusted } from '../mapping/checkedMapping.ts'
import type { Mapping } from '../mapping/Mapping.ts'
import * as Limits from '../model/Limits.ts'
import * as Losses from '../model/Losses.ts'
import type { Span } from '../model/Span.ts'
import * as Payload from '../segment/Payload.ts'
import type { ErrorEvent } from '../sentry/ErrorEvent.ts'
import type { SentrySpan } from '../sentry/SentrySpan.ts'
import * as Assembly from './Assembly.ts'
import * as Hooks from './Hooks.ts'
import type { Emit } from './planSegments.ts'
import { runToEnd } from './runToEnd.ts'
import type { Transaction } from './Transaction.ts'
import type { MadeTransaction } from './TransactionPlan.ts'

// model

export interface Options {
  readonly mapping: Mapping
  /** `Limits.gateway` if left out. Only the limits of size matter, because nothing waits. */
  readonly limits?: Limits.Limits | undefined
  /** Which exceptions become errors. A rule that is left out is that of `defaultErrorRules`. */
  readonly errors?: Partial<ErrorRules> | undefined
  /** Functions of the user that change or drop spans, transactions and errors; `Hooks.defaults` if left out. */
  readonly hooks?: Hooks.Hooks | undefined
}

export interface Assembled<A = SentrySpan> extends HookFailure.WithFailures {
  /** By the start of their roots. */
  readonly transactions: ReadonlyArray<Transaction<A>>
  /** In the order of their transactions. */
  readonly errors: ReadonlyArray<ErrorEvent>
  readonly losses: Losses.Losses
}

// constructors

/** Emits errors and transactions, each made at once: for callers that need all results together. */
export const emitMade: Emit<SentrySpan, ErrorEvent | MadeTransaction<SentrySpan>> =
  /* @__PURE__ */ frozen({
    error: (error) => error,
    transaction: (plan, make) => make(plan),
  })

/** Joins events with the losses of making them. */
export const collect = (
  emitted: ReadonlyArray<ErrorEvent | MadeTransaction<SentrySpan>>,
  losses: Losses.Losses,
  failures: ReadonlyArray<HookFailure.HookFailure> = HookFailure.none,
): Assembled => {
  const made = emitted.flatMap((one) => ('event_id' in one ? [] : one))
  return {
    transactions: made.flatMap(({ transaction }) => transaction ?? []),
    errors: emitted.flatMap((one) => ('event_id' in one ? one : [])),
    losses: Losses.concatAll([losses, ...made.map((one) => one.losses)]),
    ...HookFailure.asField(
      HookFailure.concat(
        failures,
        made.flatMap(({ failure }) => failure ?? []),
      ),
    ),
  }
}

// transformations

/** Assembles spans, all at once. */
export const assemble = ({
  mapping,
  limits = Limits.gateway,
  errors = {},
  hooks = Hooks.defaults,
}: Options): ((spans: ReadonlyArray<Span>) => Assembled) => {
  const run = runToEnd(
    Assembly.machine({
      mapping,
      limits: Limits.untimed(limits, hooks.span !== undefined || !isTrusted(mapping)),
      payload: Payload.json,
      errors: { ...defaultErrorRules, ...errors },
      hooks,
      emit: emitMade,
    }),
  )
  return (spans) => {
    const { emitted, losses, failures } = run([Assembly.arrived(spans)])
    return collect(emitted, losses, failures)
  }
}
