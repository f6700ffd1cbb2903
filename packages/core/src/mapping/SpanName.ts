/** The name that a span gave itself, fit to be shown: never empty, on one line, without queries and credentials. */

import * as Url from '../internal/text/Url.ts'
import type { Span } from '../model/Span.ts'
import * as Operation from './Operation.ts'

// destructors

/** A span without a name is called after its operation. */
export const of = (span: Span): string => {
  const name = Url.cleanName(span.name)
  return name.trim() === '' ? (Operation.of(span) ?? UNLABELED) : name
}

/** What Sentry calls transactions without a name (`relay-event-normalization/src/transactions/processor.rs`). */
const UNLABELED = '<unlabeled transaction>'
