/** The figures at the end of `send`. */
import * as Losses from '@sentry-exporter/core/Losses'
import type { Outcome } from '@sentry-exporter/exporter/Outcome'
import { counted } from '../progress/drawProgress.ts'

// encoding

/** `seconds` are those of sending. */
export const drawFigures = (outcome: Outcome, seconds: number): ReadonlyArray<string> => {
  const { spansIn, delivered, rejected, dropped, droppedErrors, retried } = outcome
  const { spans, transactions, errors } = delivered
  // An envelope holds one transaction or one error.
  const envelopes = transactions + errors
  const lostErrors = Losses.entries(droppedErrors).map(
    ([reason, count]) => `${amount(count, 'error')} lost: ${reason}`,
  )
  const again = retried > 0 ? `, ${counted(retried)} retried` : ''
  const rate = seconds > 0 ? `, ${counted(Math.round(spans / seconds))} spans/s` : ''
  return [
    `in      ${amount(spansIn, 'span')}`,
    `sent    ${amount(spans, 'span')}, ${amount(transactions, 'transaction')}, ${amount(errors, 'error')}, in ${amount(envelopes, 'envelope')}${again}`,
    `losses  ${[Losses.show(Losses.concat(rejected, dropped)), ...lostErrors].join(', ')}`,
    `time    ${seconds.toFixed(1)} s${rate}`,
  ]
}

const amount = (count: number, noun: string): string =>
  `${counted(count)} ${noun}${count === 1 ? '' : 's'}`
