/** Why a group of spans is a transaction. */
import type { Rule } from './Entry.ts'

// model

export type SegmentOrigin =
  /** Its root enters a service. */
  | { readonly _tag: 'Entry'; readonly rule: Rule | 'cycle' }
  /** It cannot sit in the transaction of its parent, and nests below it in the view of the trace. */
  | {
      readonly _tag: 'Continuation'
      /** The parent never came; the parent was sent before; the transaction of the parent is full. */
      readonly reason: 'missing-parent' | 'late' | 'size'
      /** The name of the transaction that it continues, where that is known. */
      readonly continues: string | undefined
    }

// constructors

export const entry = (rule: Rule | 'cycle'): SegmentOrigin => ({ _tag: 'Entry', rule })

export const missingParent: SegmentOrigin = {
  _tag: 'Continuation',
  reason: 'missing-parent',
  continues: undefined,
}

export const late = (of: string): SegmentOrigin => ({
  _tag: 'Continuation',
  reason: 'late',
  continues: of,
})

export const size = (of: string | undefined): SegmentOrigin => ({
  _tag: 'Continuation',
  reason: 'size',
  continues: of,
})
