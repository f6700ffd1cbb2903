/** Functions of the user that change or drop spans, transactions, errors, logs and metrics. */

import type * as O from '#fp-ts/Option'
import type { Hook } from '../filter/Hook.ts'
import * as SpanFilter from '../filter/SpanFilter.ts'
import { frozen } from '../internal/frozen.ts'
import type { LogItem } from '../log/LogItem.ts'
import type { MetricItem } from '../metric/MetricItem.ts'
import type { ErrorEvent } from '../sentry/ErrorEvent.ts'
import type { Transaction } from './Transaction.ts'

// model

/** A transaction without its spans. The spans cannot change any more: their sizes decided how the segment was split. */
export type Head = Omit<Transaction, 'spans'>

export interface Hooks extends SpanFilter.SpanFilter {
  /** Runs when a transaction is finished. The second argument reads its spans; changes of them have no effect. */
  readonly transaction:
    | ((head: Head, spans: () => Transaction['spans']) => O.Option<Head>)
    | undefined
  readonly error: Hook<ErrorEvent> | undefined
  readonly log: Hook<LogItem> | undefined
  readonly metric: Hook<MetricItem> | undefined
}

// constructors

/** No hooks, and the default rules of privacy. */
export const defaults: Hooks = /* @__PURE__ */ frozen({
  ...SpanFilter.defaults,
  transaction: undefined,
  error: undefined,
  log: undefined,
  metric: undefined,
})
