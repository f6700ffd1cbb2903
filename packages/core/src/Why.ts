/** Why a group of spans is a transaction. */
import type { Rule } from './Entry.ts'

// model

export type Why =
  /** Its root enters a service. */
  | { readonly _tag: 'Entry'; readonly rule: Rule | 'cycle' }
  /** It cannot sit in the transaction of its parent, and nests below it in the view of the trace. */
  | { readonly _tag: 'Continuation'; readonly reason: 'missing-parent' | 'late' | 'size' }

// constructors

export const entry = (rule: Rule | 'cycle'): Why => ({ _tag: 'Entry', rule })

export const missingParent: Why = { _tag: 'Continuation', reason: 'missing-parent' }
