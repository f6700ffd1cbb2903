/**
 * The span's own name, made presentable: never empty, on one line, without queries and credentials.
 *
 * @example
 * ```ts
 * import { SpanName } from '@sentry-exporter/core'
 * import { span } from '@sentry-exporter/testing/spans'
 *
 * console.log(SpanName.of(span({ name: 'GET https://me:secret@shop.example/a?b=1' }))) // GET https://shop.example/a
 * console.log(SpanName.of(span({ name: '', attributes: { 'rpc.system': 'grpc' } }))) // rpc
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
