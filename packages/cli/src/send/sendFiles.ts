/**
 * Sends recordings to a project. A first pass finds the latest time of all files, so that one shift applies to the whole input; a
 * second one sends. Files are read in parts, and reading stops while many envelopes are unanswered, so that memory does not depend on
 * the size of the input.
 */
import { Replay } from '@sentry-exporter/core'
import * as Batch from '@sentry-exporter/core/Batch'
import type { Exporter } from '@sentry-exporter/exporter/Exporter'
import * as Outcome from '@sentry-exporter/exporter/Outcome'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import { type Clock, stopwatch } from '@sentry-exporter/transport/Clock'
import { identity } from '#fp-ts/function'
import { type InputFile, totalSize } from '../input/InputFile.ts'
import * as InputProblems from '../input/InputProblems.ts'
import { readInput } from '../input/readInput.ts'
import { counted, shareOf } from '../progress/drawProgress.ts'
import * as Progress from '../progress/Progress.ts'
import { withoutControls } from '../withoutControls.ts'
import type { Interrupt } from './Interrupt.ts'

// model

export interface SendWiring {
  readonly exporter: Exporter
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  readonly progress: Progress.Progress
  readonly interrupt: Interrupt
}

export interface SendPlan {
  /** Files that can be read twice if the times are shifted. */
  readonly files: ReadonlyArray<InputFile>
  /** Whether recorded times are kept. Otherwise all are shifted alike, so that the latest is now. */
  readonly keepsTimes: boolean
  /** The salt of other ids; `undefined` keeps the recorded ones. */
  readonly salt: string | undefined
}

export interface SentFiles {
  readonly outcome: Outcome.Outcome
  /** Whether everything was read but for parts of spans, records and metrics. */
  readonly isWhole: boolean
  /** Of sending, without the first pass. */
  readonly seconds: number
}

/** Envelopes without an answer above which reading waits: fewer than the queue holds, so that none is lost to its limits. */
const MAX_UNANSWERED = 200

/** The time to send what waits after Ctrl-C. */
const INTERRUPT_MILLIS = 10_000

/** All that the first pass finds. */
interface Survey {
  readonly latestMicros: number
  readonly spans: number
}

// running

export const sendFiles = async (wiring: SendWiring, plan: SendPlan): Promise<SentFiles> => {
  const { exporter, clock, interrupt } = wiring
  const survey = plan.keepsTimes ? undefined : await look(wiring, plan)
  const nowMicros = clock.now() * 1_000
  const renew = renewal(
    survey === undefined || survey.latestMicros === 0 ? 0 : nowMicros - survey.latestMicros,
    plan.salt,
  )
  const watch = stopwatch(clock)
  const startMillis = watch()
  const { unread, problems } = await readAll(wiring, plan, renew, survey)
  const finished = exporter.shutdown(Number.POSITIVE_INFINITY)
  // A second call with a time limit ends the first one.
  const cut = interrupt.done.then(() => exporter.shutdown(INTERRUPT_MILLIS))
  await (interrupt.isDone() ? cut : finished)
  return {
    outcome: Outcome.Monoid.concat(unread, exporter.outcome()),
    isWhole: !interrupt.isDone() && problems.every((found) => found.isWhole()),
    seconds: (watch() - startMillis) / 1_000,
  }
}

/** The first pass. */
const look = async ({ progress, interrupt }: SendWiring, { files }: SendPlan): Promise<Survey> => {
  let [latestMicros, spans, done] = [0, 0, 0]
  const total = totalSize(files)
  for (const file of files) {
    const inputs = readInput(file, (bytes) => {
      done += bytes
    })
    for await (const input of inputs) {
      if (interrupt.isDone()) break
      latestMicros = Math.max(latestMicros, Replay.latestMicros(recordingOf(input)))
      spans += Batch.spansIn(input.batch)
      progress.show(Progress.reading('read', { done, total }, spans))
    }
  }
  return { latestMicros, spans }
}

interface FilesRead {
  /** Everything that was not read or not whole. */
  readonly unread: Outcome.Outcome
  /** Of each file. */
  readonly problems: ReadonlyArray<InputProblems.InputProblems>
}

/** The second pass. */
const readAll = async (
  { exporter, progress, interrupt }: SendWiring,
  { files }: SendPlan,
  renew: Renew,
  survey: Survey | undefined,
): Promise<FilesRead> => {
  let done = 0
  let unread = Outcome.Monoid.empty
  const total = totalSize(files)
  const show = (): void => {
    const outcome = Outcome.Monoid.concat(unread, exporter.outcome())
    progress.show(stateOf(outcome, survey, { done, total }))
  }
  interrupt.onChange(show)
  const found: Array<InputProblems.InputProblems> = []
  for (const file of files) {
    const problems = InputProblems.make(file.path)
    found.push(problems)
    const inputs = readInput(file, (bytes) => {
      done += bytes
    })
    for await (const input of inputs) {
      if (interrupt.isDone()) break
      printAll(progress, problems.add(input))
      unread = Outcome.Monoid.concat(unread, unreadOf(input))
      void exporter.exportInput(renew(readable(input)))
      show()
      while (exporter.backlog().unanswered > MAX_UNANSWERED && !interrupt.isDone()) {
        await interrupt.change()
      }
    }
  }
  return { unread, problems: found }
}

const printAll = (progress: Progress.Progress, lines: ReadonlyArray<string>): void => {
  for (const line of lines) progress.print(`${withoutControls(line)}\n`)
}

/** The exporter would name its places again. */
const unreadOf = (input: OtlpInput.OtlpInput): Outcome.Outcome => ({
  ...Outcome.Monoid.empty,
  spansIn: input.batch.rejected.length,
  logsIn: input.logs.rejected.length,
  metricsIn: input.metrics.rejected.length,
  rejected: OtlpInput.losses(input),
})

const readable = ({ batch, logs, metrics }: OtlpInput.OtlpInput): OtlpInput.OtlpInput => ({
  ...OtlpInput.empty,
  batch: { ...OtlpInput.empty.batch, spans: batch.spans },
  logs: { ...OtlpInput.empty.logs, records: logs.records },
  metrics: { ...OtlpInput.empty.metrics, metrics: metrics.metrics },
})

/** With a first pass the number of spans is known. Half of the work is to read them, and spans wait for their traces. */
const stateOf = (
  { delivered, spansIn, waiting }: Outcome.Outcome,
  survey: Survey | undefined,
  bytes: { readonly done: number; readonly total: number | undefined },
): Parameters<Progress.Progress['show']>[0] => {
  if (survey === undefined) return Progress.reading('send', bytes, delivered.spans)
  const done = spansIn - waiting
  return {
    phase: 'send',
    share: shareOf(spansIn + done, survey.spans * 2),
    amount: `${counted(done)} of ${counted(survey.spans)} spans`,
    spans: delivered.spans,
  }
}

const recordingOf = ({ batch, logs, metrics }: OtlpInput.OtlpInput): Replay.RecordedTelemetry => ({
  traces: [batch],
  logs: [logs],
  metrics: [metrics],
})

type Renew = (input: OtlpInput.OtlpInput) => OtlpInput.OtlpInput

/** An input with other times and other ids. */
const renewal = (micros: number, salt: string | undefined): Renew => {
  const shift = Replay.shift(micros)
  const renewIds = salt === undefined ? identity : Replay.renewIds(salt)
  return (input) => {
    const { traces, logs, metrics } = renewIds(shift(recordingOf(input)))
    const { 0: batch = input.batch } = traces
    return { ...input, batch, logs: logs[0] ?? input.logs, metrics: metrics[0] ?? input.metrics }
  }
}
