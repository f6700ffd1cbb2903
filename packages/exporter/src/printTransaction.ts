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
  const start = Utf8.encode(`${text.slice(0, -1)},"spans":[`)
  const commas = Math.max(0, spans.length - 1)
  let length = start.length + commas + END.length
  for (const { from, to } of spans) length += to - from
  const whole = new Uint8Array(length)
  whole.set(start)
  let at = start.length
  for (const { buffer, from, to } of spans) {
    if (at > start.length) whole[at++] = COMMA
    whole.set(buffer.subarray(from, to), at)
    at += to - from
  }
  whole.set(END, at)
  return whole
}

const COMMA = 0x2c

const END = Utf8.encode(']}')
