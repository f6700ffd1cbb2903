/** The figures at the end of `send`. */
import * as Losses from '@sentry-exporter/core/Losses'
import type { Outcome } from '@sentry-exporter/exporter/Outcome'
import { counted } from '../progress/drawProgress.ts'

// encoding

/** `seconds` are those of sending. */
export const drawFigures = (outcome: Outcome, seconds: number): ReadonlyArray<string> => {
  const { spansIn, logsIn, delivered, rejected, dropped, retried } = outcome
  const { spans, transactions, errors, logs } = delivered
  const hasLogs = logsIn > 0
  // An envelope holds one transaction or one error; the number of logs in one is not known.
  const envelopes = hasLogs ? '' : `, in ${amount(transactions + errors, 'envelope')}`
  const lost = [...lostOf('error', outcome.droppedErrors), ...lostOf('log', outcome.droppedLogs)]
  const again = retried > 0 ? `, ${counted(retried)} retried` : ''
  const rate = seconds > 0 ? `, ${counted(Math.round(spans / seconds))} spans/s` : ''
  return [
    `in      ${amount(spansIn, 'span')}${hasLogs ? `, ${amount(logsIn, 'log')}` : ''}`,
    `sent    ${amount(spans, 'span')}, ${amount(transactions, 'transaction')}, ${amount(errors, 'error')}${hasLogs ? `, ${amount(logs, 'log')}` : ''}${envelopes}${again}`,
    `losses  ${[Losses.show(Losses.concat(rejected, dropped)), ...lost].join(', ')}`,
    `time    ${seconds.toFixed(1)} s${rate}`,
  ]
}

const lostOf = (noun: string, losses: Losses.Losses): ReadonlyArray<string> =>
  Losses.entries(losses).map(([reason, count]) => `${amount(count, noun)} lost: ${reason}`)

const amount = (count: number, noun: string): string =>
  `${counted(count)} ${noun}${count === 1 ? '' : 's'}`
