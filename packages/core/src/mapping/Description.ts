/** The description of a span: what it did, as a person would say it. For a query, its text. */

import type { Span } from '../model/Span.ts'
import * as Conventions from './Conventions.ts'
import * as Rule from './Rule.ts'
import * as SpanName from './SpanName.ts'
import * as TransactionName from './TransactionName.ts'

// rules

/** A request is described as its transaction would be named. */
export const request: Rule.Rule<string> = Rule.of((span) => requestName(span)?.name)

export const database: Rule.Rule<string> = Rule.of((span) =>
  Conventions.dbSystem(span) === undefined ? undefined : Conventions.dbQueryText(span),
)

/** In the order in which they are asked. */
export const rules: ReadonlyArray<Rule.Rule<string>> = [request, database]

// destructors

/** The description of a span; its name where no rule answers. */
export const of = (span: Span): string => first(span) ?? SpanName.of(span)

const first = Rule.firstOf(rules)

const requestName = Rule.firstOf([TransactionName.explicit, TransactionName.http])
