/** The JSON of a transaction from its head and its finished spans: nothing is printed twice. */
import type { Transaction } from '@sentry-exporter/core/Transaction'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as WellFormed from '@sentry-exporter/envelope/WellFormed'
import type { FinishedSpan } from './FinishedSpan.ts'

/** In pieces. Law: joined they are the same bytes as printing the transaction with spans that are JSON values. */
export const printTransaction = ({
  spans,
  ...head
}: Transaction<FinishedSpan>): ReadonlyArray<Utf8.Part> => {
  const parts: Array<Utf8.Part> = [`${WellFormed.stringify(head).slice(0, -1)},"spans":[`]
  for (const span of spans) {
    if (parts.length > 1) parts.push(COMMA)
    parts.push(span)
  }
  parts.push(END)
  return parts
}

const COMMA = Utf8.whole(Utf8.encode(','))

const END = Utf8.whole(Utf8.encode(']}'))
