/** The report of the demo: its input, its output, and whether everything arrived. */
import { drawTransaction, type Sink } from '@sentry-exporter/cli'
import * as Losses from '@sentry-exporter/core/Losses'
import type { Outcome } from '@sentry-exporter/exporter/Outcome'
import type { Received } from './Received.ts'

// model

export interface Replayed {
  /** The bodies of the requests. */
  readonly requests: ReadonlyArray<string>
  /** Of the gateway. */
  readonly outcome: Outcome
  /** From the first request to the last answer of Sentry. */
  readonly seconds: number
}

export interface Verdict {
  readonly lines: ReadonlyArray<string>
  /** Why the demo failed; `undefined` if it did not. */
  readonly reason: string | undefined
}

// folds

export const report = ({ requests, outcome, seconds }: Replayed): ReadonlyArray<string> => {
  const bytes = requests.reduce((sum, text) => sum + text.length, 0)
  const { spansIn, delivered, rejected, dropped } = outcome
  return [
    `in     ${requests.length} requests (${(bytes / 1e6).toFixed(1)} MB of OTLP JSON), ${spansIn} spans, ${tracesIn(requests)} traces`,
    `out    ${delivered.transactions} transactions with ${delivered.spans} spans, ${delivered.errors} errors, in ${eventsOf(outcome)} envelopes`,
    `so     ${Losses.show(Losses.concat(rejected, dropped))}`,
    `speed  ${Math.round(spansIn / seconds).toLocaleString('en')} spans per second, from the first request to the last answer of Sentry`,
  ]
}

/** Each has an envelope of its own. */
const eventsOf = ({ delivered }: Outcome): number => delivered.transactions + delivered.errors

const tracesIn = (requests: ReadonlyArray<string>): number =>
  new Set(
    requests.flatMap((text) =>
      [...text.matchAll(/"traceId":\s*"(\w+)"/g)].map(([, id = '']) => id.toLowerCase()),
    ),
  ).size

/** Compares what the gateway delivered with what a sink received. Without a sink the answers of the server decide. */
export const verdict = (
  { outcome }: Replayed,
  received: Received | undefined,
  sink: Sink.Sink,
): Verdict => {
  const { delivered, spansIn, problems, waiting } = outcome
  if (received === undefined) {
    const isAllTaken = delivered.spans === spansIn && waiting === 0
    return {
      lines: [`taken  ${delivered.transactions} transactions, ${delivered.errors} errors`],
      reason: isAllTaken ? undefined : problems.join('; '),
    }
  }
  const events = eventsOf(outcome)
  const expected: Readonly<Record<string, number>> = {
    envelopes: events,
    transactions: delivered.transactions,
    errors: delivered.errors,
    spans: spansIn,
    'different event ids': events,
    refused: 0,
  }
  const actual: Readonly<Record<string, number>> = {
    envelopes: received.envelopes,
    transactions: received.transactions,
    errors: received.errors,
    spans: received.spans,
    'different event ids': received.eventIds.size,
    refused: sink.refused(),
  }
  const differences = keysOf(expected).filter((key) => expected[key] !== actual[key])
  const wrong = differences.map(
    (key) => `the sink got ${actual[key]} ${key} instead of ${expected[key]}`,
  )
  return {
    lines: [`sink   ${listed(actual)}`, ...drawn(received)],
    reason: wrong.length === 0 ? undefined : [...wrong, ...problems].join('; '),
  }
}

const listed = (counts: Readonly<Record<string, number>>): string =>
  keysOf(counts)
    .map((key) => `${counts[key]} ${key}`)
    .join(', ')

const drawn = ({ example }: Received): ReadonlyArray<string> =>
  example === undefined ? [] : ['', ...drawTransaction(example, { columns: 100, children: 6 })]

const keysOf = (counts: Readonly<Record<string, number>>): ReadonlyArray<string> =>
  Object.keys(counts)
