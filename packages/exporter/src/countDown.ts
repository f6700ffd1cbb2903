/** The outcome of several plans of envelopes, which settle one after the other. */
import type { OnSettled } from '@sentry-exporter/transport/Transport'
import * as Counts from './Counts.ts'
import * as Outcome from './Outcome.ts'
import { sentOutcome } from './sentOutcome.ts'

// model

/** Receives the outcome of one envelope, and its contents. */
export type OnOutcome = (outcome: Outcome.Outcome, counts: Counts.Counts) => void

// running

/** The outcome of `count` plans. Holds no envelope, so that those that were dropped are freed. */
export const countDown = (
  count: number,
  onSettled: OnOutcome = () => undefined,
): {
  readonly settle: OnSettled
  /** There is no envelope. */
  readonly skip: () => void
  readonly outcome: Promise<Outcome.Outcome>
} => {
  let left = count
  let total = Outcome.Monoid.empty
  let resolve: (outcome: Outcome.Outcome) => void = () => undefined
  const outcome = new Promise<Outcome.Outcome>((done) => {
    resolve = done
  })
  if (count === 0) resolve(total)
  const skip = (): void => {
    if (--left === 0) resolve(total)
  }
  return {
    settle: (sent, meta) => {
      const counts = Counts.of(meta)
      const outcome = sentOutcome(counts)(sent)
      total = Outcome.Monoid.concat(total, outcome)
      onSettled(outcome, counts)
      skip()
    },
    skip,
    outcome,
  }
}
