/**
 * The reason why a group of spans is a transaction of its own.
 *
 * @example
 * ```ts
 * import { SegmentOrigin } from '@sentry-exporter/core/pipeline'
 *
 * const show = SegmentOrigin.match(
 *   (rule) => `entry: ${rule}`,
 *   (reason, continues) => `continues ${continues}: ${reason}`,
 * )
 *
 * console.log(show(SegmentOrigin.late('GET /cart'))) // continues GET /cart: late
 * ```
 */
import { frozen } from '../internal/frozen.ts'
import type { EntryRule } from './Entry.ts'

// model

export type SegmentOrigin = Entry | Continuation

/** Its root is the entry span of a service. */
interface Entry {
  readonly _tag: 'Entry'
  /** The rule that made the root an entry, or the cycle that was broken there. */
  readonly rule: EntryRule | 'cycle'
}

/** Its root cannot be in the transaction of its parent. The trace view shows it below that parent. */
interface Continuation {
  readonly _tag: 'Continuation'
  /** The parent did not arrive; the parent was sent before; the transaction of the parent is full. */
  readonly reason: 'missing-parent' | 'late' | 'size'
  /** The name of the transaction that it continues, if that is known. */
  readonly continues: string | undefined
}

// constructors

export const entry = (rule: EntryRule | 'cycle'): SegmentOrigin => ({ _tag: 'Entry', rule })

export const missingParent: SegmentOrigin = /* @__PURE__ */ frozen({
  _tag: 'Continuation',
  reason: 'missing-parent',
  continues: undefined,
})

export const late = (continues: string): SegmentOrigin => ({
  _tag: 'Continuation',
  reason: 'late',
  continues,
})

export const size = (continues: string | undefined): SegmentOrigin => ({
  _tag: 'Continuation',
  reason: 'size',
  continues,
})

// folds

export const match =
  <A, B>(
    onEntry: (rule: Entry['rule']) => A,
    onContinuation: (reason: Continuation['reason'], continues: Continuation['continues']) => B,
  ) =>
  (origin: SegmentOrigin): A | B =>
    origin._tag === 'Entry' ? onEntry(origin.rule) : onContinuation(origin.reason, origin.continues)
