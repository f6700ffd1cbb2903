/** The report of the demo: its input, its output, and whether everything arrived. */
import { drawTransaction, type Sink } from '@sentry-exporter/cli'
import * as Batch from '@sentry-exporter/core/Batch'
import * as Losses from '@sentry-exporter/core/Losses'
import type { Sealed } from '@sentry-exporter/envelope/Sealed'
import * as Counts from '@sentry-exporter/exporter/Counts'
import type { Outcome } from '@sentry-exporter/exporter/Outcome'
import type { AssembledEnvelopes } from '@sentry-exporter/exporter/Pipeline'
import * as M from 'fp-ts/lib/Monoid.js'
import type { Received } from './Received.ts'

// model

export interface Replayed {
  /** The bodies of the recorded requests. */
  readonly requests: ReadonlyArray<string>
  readonly batch: Batch.Batch
  readonly assembled: AssembledEnvelopes<Sealed>
  readonly outcome: Outcome
  /** From the first byte decoded to the last answer of the server. */
  readonly seconds: number
}

export interface Verdict {
  readonly lines: ReadonlyArray<string>
  /** Why the demo failed; `undefined` if it did not. */
  readonly reason: string | undefined
}

// folds

export const report = ({
  requests,
  batch,
  assembled,
  outcome,
  seconds,
}: Replayed): ReadonlyArray<string> => {
  const bytes = requests.reduce((sum, text) => sum + text.length, 0)
  const traces = new Set(batch.spans.map((span) => span.traceId)).size
  const made = countsOf(assembled)
  const losses = Losses.concat(assembled.losses, outcome.dropped)
  return [
    `in     ${requests.length} requests (${(bytes / 1e6).toFixed(1)} MB of OTLP JSON), ${Batch.spansIn(batch)} spans, ${traces} traces`,
    `out    ${made.transactions} transactions with ${made.spans} spans, ${made.errors} errors, in ${assembled.envelopes.length} envelopes`,
    `so     ${Losses.show(losses)}`,
    `speed  ${Math.round(Batch.spansIn(batch) / seconds).toLocaleString('en')} spans per second, from decoding to the last answer`,
  ]
}

/** Compares what was made with what a sink received. Without a sink the answers of the server decide. */
export const verdict = (
  { assembled, outcome, batch }: Replayed,
  received: Received | undefined,
  sink: Sink.Sink,
): Verdict => {
  const made = countsOf(assembled)
  if (received === undefined) {
    const { transactions, errors } = outcome.delivered
    const isAllTaken = transactions === made.transactions && errors === made.errors
    return {
      lines: [`taken  ${transactions} transactions, ${errors} errors`],
      reason: isAllTaken ? undefined : outcome.problems.join('; '),
    }
  }
  const expected: Readonly<Record<string, number>> = {
    envelopes: assembled.envelopes.length,
    transactions: made.transactions,
    errors: made.errors,
    spans: batch.spans.length,
    'different event ids': assembled.envelopes.length,
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
  return {
    lines: [
      `sink   ${keysOf(actual)
        .map((key) => `${actual[key]} ${key}`)
        .join(', ')}`,
      ...(received.example === undefined
        ? []
        : ['', ...drawTransaction(received.example, { columns: 100, children: 6 })]),
    ],
    reason:
      differences.length === 0
        ? undefined
        : [
            ...differences.map(
              (key) => `the sink got ${actual[key]} ${key} instead of ${expected[key]}`,
            ),
            ...outcome.problems,
          ].join('; '),
  }
}

const countsOf = ({ envelopes }: AssembledEnvelopes<Sealed>): Counts.Counts =>
  M.concatAll(Counts.Monoid)(envelopes.map(Counts.of))

const keysOf = (counts: Readonly<Record<string, number>>): ReadonlyArray<string> =>
  Object.keys(counts)
