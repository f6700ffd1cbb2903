/** The result of a step of an exporter: of its spans, its logs and its metrics together. */
import type * as M from '#fp-ts/Monoid'
import type { Emitted } from './AssemblyRunner.ts'
import * as EnvelopePlan from './EnvelopePlan.ts'
import type { AddressedEnvelope } from './EventEnvelope.ts'
import type { Outcome } from './Outcome.ts'

// model

/** The changes of the numbers of waiting spans, logs and metrics. */
type Waiting = Pick<Outcome, 'waiting' | 'waitingLogs' | 'waitingMetrics'>

export interface ExportStep extends Waiting, EnvelopePlan.PlannedStep<AddressedEnvelope> {}

// constructors

export const empty: ExportStep = {
  ...EnvelopePlan.nothing,
  waiting: 0,
  waitingLogs: 0,
  waitingMetrics: 0,
}

/** A step of one of them: its waiting spans, logs or metrics are counted as `countedAs`. */
export const of = (
  countedAs: keyof Waiting,
  { waiting, ...emitted }: Emitted<EnvelopePlan.EnvelopePlan>,
): ExportStep => ({ ...empty, ...emitted, [countedAs]: waiting })

// instances

/** The plans follow each other. */
export const Monoid: M.Monoid<ExportStep> = {
  empty,
  concat: (a, b) => ({
    ...EnvelopePlan.concat(a, b),
    waiting: a.waiting + b.waiting,
    waitingLogs: a.waitingLogs + b.waitingLogs,
    waitingMetrics: a.waitingMetrics + b.waitingMetrics,
  }),
}

export const concatAll = (steps: ReadonlyArray<ExportStep>): ExportStep =>
  steps.reduce(Monoid.concat, empty)
