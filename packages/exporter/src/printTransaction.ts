/** The JSON of a transaction from its head and its finished spans: nothing is printed twice. */
import type { Transaction } from '@sentry-exporter/core/Transaction'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as WellFormed from '@sentry-exporter/envelope/WellFormed'
import type { FinishedSpan } from './FinishedSpan.ts'

/** Law: the same bytes as printing the transaction with spans that are JSON values. */
export const printTransaction = ({
  spans,
  ...head
}: Transaction<FinishedSpan>): Uint8Array<ArrayBuffer> => {
  const text = WellFormed.stringify(head)
  const parts: Array<Uint8Array> = [Utf8.encode(`${text.slice(0, -1)},"spans":[`)]
  for (const [index, span] of spans.entries()) {
    if (index > 0) parts.push(COMMA)
    parts.push(span)
  }
  parts.push(END)
  return Utf8.concat(parts)
}

const COMMA = Utf8.encode(',')

const END = Utf8.encode(']}')
