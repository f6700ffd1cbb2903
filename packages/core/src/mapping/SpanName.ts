/**
 * The span's own name, made presentable: never empty, on one line, without queries and credentials.
 *
 * @example
 * ```ts
 * import { SpanName } from '@sentry-exporter/core'
 *
 * // A span without a name is named after its operation.
 * console.log(SpanName.of.reads?.includes('sentry.op')) // true
 * ```
 */

import * as Url from '../internal/text/Url.ts'
import * as Operation from './Operation.ts'
import { reading, type SpanFunction } from './SpanFunction.ts'

// constructors

/** Sentry's name for transactions without one (`relay-event-normalization/src/transactions/processor.rs`). */
const UNLABELED = '<unlabeled transaction>'

/** A span without a name is named after its operation. */
export const of: SpanFunction<string> = reading([Operation.of], (span, letters) => {
  const name = Url.cleanName(span.name)
  return name.trim() === '' ? (Operation.of(span, letters) ?? UNLABELED) : name
})
