/** What users do with spans, transactions and errors on their way: endomorphisms that may drop what they are given. */
import type * as O from '#fp-ts/Option'
import type { Hook } from '../filter/Hook.ts'
import * as SpanFilter from '../filter/SpanFilter.ts'
import type { ErrorEvent } from '../sentry/ErrorEvent.ts'
import type { Transaction } from './Transaction.ts'

// model

/** All of a transaction but its spans, which are finished: their sizes decided how it was divided. */
export type Head = Omit<Transaction, 'spans'>

export interface Hooks extends SpanFilter.SpanFilter {
  /** Runs when a transaction is finished. The second argument reads its spans, for looking only. */
  readonly transaction:
    | ((head: Head, spans: () => Transaction['spans']) => O.Option<Head>)
    | undefined
  readonly error: Hook<ErrorEvent> | undefined
}

// constructors

/** None but the standard rules of privacy. */
export const defaults: Hooks = { ...SpanFilter.defaults, transaction: undefined, error: undefined }
