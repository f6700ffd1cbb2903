/** The figures at the end of `send`. */
import * as Losses from '@sentry-exporter/core/Losses'
import type { Outcome } from '@sentry-exporter/exporter/Outcome'
import { counted } from '../progress/drawProgress.ts'

// encoding

/** `seconds` are those of sending. */
export const drawFigures = (outcome: Outcome, seconds: number): ReadonlyArray<string> => {
  const { spansIn, logsIn, metricsIn, delivered, rejected, dropped, retried } = outcome
  const { spans, transactions, errors, logs, metrics } = delivered
  const [hasLogs, hasMetrics] = [logsIn > 0, metricsIn > 0]
  // An envelope holds one transaction or one error; the number of logs or metrics in one is not known.
  const envelopes = hasLogs || hasMetrics ? [] : [`in ${amount(transactions + errors, 'envelope')}`]
  const lost = [
    ...lostOf('error', outcome.droppedErrors),
    ...lostOf('log', outcome.droppedLogs),
    ...lostOf('metric', outcome.droppedMetrics),
  ]
  const rate = seconds > 0 ? `, ${counted(Math.round(spans / seconds))} spans/s` : ''
  const taken = [
    amount(spansIn, 'span'),
    ...(hasLogs ? [amount(logsIn, 'log')] : []),
    ...(hasMetrics ? [amount(metricsIn, 'metric point')] : []),
  ]
  const sent = [
    amount(spans, 'span'),
    amount(transactions, 'transaction'),
    amount(errors, 'error'),
    ...(hasLogs ? [amount(logs, 'log')] : []),
    ...(hasMetrics ? [amount(metrics, 'metric')] : []),
    ...envelopes,
    ...(retried > 0 ? [`${counted(retried)} retried`] : []),
  ]
  return [
    `in      ${taken.join(', ')}`,
    `sent    ${sent.join(', ')}`,
    `losses  ${[Losses.show(Losses.concat(rejected, dropped)), ...lost].join(', ')}`,
    `time    ${seconds.toFixed(1)} s${rate}`,
  ]
}

const lostOf = (noun: string, losses: Losses.Losses): ReadonlyArray<string> =>
  Losses.entries(losses).map(([reason, count]) => `${amount(count, noun)} lost: ${reason}`)

const amount = (count: number, noun: string): string =>
  `${counted(count)} ${noun}${count === 1 ? '' : 's'}`
