/**
 * The description of a span: a readable text about its work. For a query it is the query's text.
 *
 * @example
 * ```ts
 * import { Description } from '@sentry-exporter/core'
 * import { span } from '@sentry-exporter/testing/spans'
 *
 * const query = span({ attributes: { 'db.system': 'mysql', 'db.statement': 'SELECT 1' } })
 * console.log(Description.of(query)) // SELECT 1
 * console.log(Description.of(span({ name: 'work' }))) // work
 * ```
 */

import { frozen } from '../internal/frozen.ts'
import * as Conventions from './Conventions.ts'
import * as Frameworks from './Frameworks.ts'
import * as Rule from './Rule.ts'
import { needing, reading, type SpanFunction } from './SpanFunction.ts'
import * as SpanName from './SpanName.ts'
import * as TransactionName from './TransactionName.ts'

// constructors

const requestName = Rule.firstOf([TransactionName.explicit, TransactionName.http])

/** A request is described as its transaction would be named. */
export const request: Rule.Rule<string> = needing(
  [requestName],
  Rule.reading([requestName], (span, letters) => requestName(span, letters)?.name),
)

/** A query is described by its text, of whatever system. */
export const database: Rule.Rule<string> = Rule.of(Conventions.dbQueryText)

/** The address that a browser loaded. */
export const address: Rule.Rule<string> = Rule.of(Frameworks.address)

/** In the order in which they apply. */
export const rules: ReadonlyArray<Rule.Rule<string>> = /* @__PURE__ */ frozen([
  request,
  database,
  address,
])

const first = Rule.firstOf(rules)

/** The description of a span; its name where no rule answers. */
export const of: SpanFunction<string> = reading(
  [first, SpanName.of],
  (span, letters) => first(span, letters) ?? SpanName.of(span, letters),
)
