/** The mutable state of an open exporter: its sums, its assembly, its deliveries and its unfinished sends. One owner. */
import * as Losses from '@sentry-exporter/core/Losses'
import { HookFailure, type Machine } from '@sentry-exporter/core/pipeline'
import { sdk } from '@sentry-exporter/core/Sdk'
import { Range } from '@sentry-exporter/transport'
import {
  type Clock,
  deadlineMillis,
  stopwatch,
  withDeadline,
} from '@sentry-exporter/transport/Clock'
import type * as Http from '@sentry-exporter/transport/Http'
import * as AssemblyRunner from './AssemblyRunner.ts'
import type { Backlog } from './Backlog.ts'
import type * as Config from './Config.ts'
import { closeHttp } from './closeHttp.ts'
import * as DeliveryByDsn from './DeliveryByDsn.ts'
import { type BytesReader, describeBytes } from './describeBytes.ts'
import type * as EnvelopePlan from './EnvelopePlan.ts'
import type { AddressedEnvelope } from './EventEnvelope.ts'
import * as ExporterState from './ExporterState.ts'
import * as FinishedSpan from './FinishedSpan.ts'
import * as Outcome from './Outcome.ts'
import * as OutcomeReports from './OutcomeReports.ts'
import * as Pipeline from './Pipeline.ts'

// model

export interface Running {
  closing: Promise<void> | undefined
  state: ExporterState.ExporterState
  readonly http: Http.Http
  readonly clock: Clock
  readonly deliveries: DeliveryByDsn.DeliveryByDsn
  readonly runner: AssemblyRunner.AssemblyRunner<
    FinishedSpan.FinishedSpan,
    EnvelopePlan.EnvelopePlan
  >
  /** Reads bytes for the machine that is in use. */
  reader: BytesReader
  /** Of the spans that wait. */
  readonly payload: ReturnType<typeof FinishedSpan.payload>
  readonly reports: OutcomeReports.OutcomeReports
  /** Sends that have not finished. */
  readonly underWay: Set<Promise<unknown>>
}

// constructors

export const start = (
  config: Config.RunnableConfig,
  http: Http.Http,
  clock: Clock,
  openTraces?: Machine.Timed['openTraces'],
): Running => {
  const payload = FinishedSpan.payload()
  const machine = Pipeline.machine({ ...Pipeline.optionsOf(config), payload })
  const running: Running = {
    closing: undefined,
    state: ExporterState.empty,
    http,
    clock,
    deliveries: DeliveryByDsn.make({
      http,
      clock,
      client: `${sdk.name}/${sdk.version}`,
      ...targetsOf(config),
    }),
    runner: AssemblyRunner.make({
      machine,
      clock,
      onReady: (emitted) => void send(running, emitted, Outcome.Monoid.empty),
      openTraces,
    }),
    reader: readerFor(machine, clock),
    payload,
    reports: OutcomeReports.make({
      ...config.reporting,
      clock,
      waiting: () => outcomeOf(running),
    }),
    underWay: new Set(),
  }
  return running
}

const readerFor = (machine: ExporterMachine, clock: Clock): BytesReader => {
  const { read, readTraces } = describeBytes(machine.describer)
  return {
    read: (bytes, encoding) => read(bytes, encoding, clock.now()),
    readTraces: (bytes) => readTraces(bytes, clock.now()),
  }
}

type ExporterMachine = ReturnType<typeof Pipeline.machine<AddressedEnvelope>>

/** The projects of a configuration, and how envelopes are delivered to them. */
export const targetsOf = ({
  dsn,
  routes,
  unmatched,
  projects,
  delivery,
}: Config.RunnableConfig): DeliveryByDsn.DeliveryTargets => ({
  main: dsn,
  routed: routes.flatMap(({ to }) => (to?._tag === 'Dsn' ? [to.dsn] : [])),
  projects,
  takesUnmatched: unmatched === 'default',
  options: delivery,
})

// running

/** Uses another machine from now on. The waiting spans stay. */
export const change = (running: Running, machine: ExporterMachine): void => {
  running.runner.change(machine)
  running.reader = readerFor(machine, running.clock)
}

export const record = (running: Running, outcome: Outcome.Outcome): Outcome.Outcome => {
  running.state = ExporterState.record(outcome)(running.state)
  running.reports.add(outcome)
  return outcome
}

/** Makes and sends the envelopes of a step. Records `known` and the losses of the step at once. */
export const send = (
  running: Running,
  { plans, losses, failures = [], waiting }: AssemblyRunner.Emitted<EnvelopePlan.EnvelopePlan>,
  known: Outcome.Outcome,
): Promise<Outcome.Outcome> => {
  const { deliveries, underWay } = running
  let rejected = Losses.concat(known.rejected, losses)
  const failed = new Set(failures.map(HookFailure.show))
  deliveries.lose(rejected)
  const makeEnvelope = ({ make }: EnvelopePlan.EnvelopePlan): AddressedEnvelope | undefined => {
    const { envelope, losses: lost, failure } = make()
    rejected = Losses.concat(rejected, lost)
    deliveries.lose(lost)
    if (failure !== undefined) failed.add(HookFailure.show(failure))
    if (envelope !== undefined) {
      running.state = ExporterState.sending(envelope.spans ?? 0, 1)(running.state)
    }
    return envelope
  }
  const delivered = deliveries.send(plans, makeEnvelope, (outcome, spans) => {
    running.state = ExporterState.sending(-spans, -1)(running.state)
    record(running, outcome)
  })
  // `send` made all envelopes before it returned, so that `rejected` and `failed` are complete.
  const problems = [...known.problems, ...failed]
  const taken = record(running, { ...known, rejected, waiting, problems })
  const sending = delivered.then((sent) => {
    underWay.delete(sending)
    return Outcome.Monoid.concat(taken, sent)
  })
  underWay.add(sending)
  return sending
}

export const outcomeOf = ({ runner, state }: Running): Outcome.Outcome =>
  ExporterState.outcome(runner.waiting())(state)

export const backlogOf = ({ deliveries, runner, state }: Running): Backlog => ({
  ...deliveries.load(),
  unanswered: state.sendingEnvelopes,
  ...runner.held(),
})

/** The spans that a flush releases: all; those of segments whose entry has arrived; or none. */
export type FlushScope = 'all' | 'entered' | 'none'

export const flush =
  (running: Running) =>
  async (timeoutMillis?: number, scope: FlushScope = 'all'): Promise<Outcome.Outcome> => {
    const { clock, deliveries, runner, underWay } = running
    if (scope !== 'none') {
      void send(running, runner.flush(scope === 'entered'), Outcome.Monoid.empty)
    }
    const sent = Promise.allSettled(underWay).then(deliveries.report)
    await withDeadline(clock, timeoutMillis)(sent)
    return outcomeOf(running)
  }

/** The time to close the connections is what is left of the time of the shutdown, within this range. */
const closeMillis = Range.clamp({ min: 100, max: 5_000 }, 100)

export const shutdown =
  (running: Running) =>
  async (timeoutMillis?: number): Promise<Outcome.Outcome> => {
    const { clock, deliveries, http, runner, underWay } = running
    const passedMillis = stopwatch(clock)
    const startMillis = passedMillis()
    running.state = ExporterState.close(running.state)
    await flush(running)(timeoutMillis)
    runner.stop()
    deliveries.stop()
    // Aborts the requests that are under way. An Http that cannot end them is not waited for.
    deliveries.cut()
    await Promise.allSettled(underWay)
    const leftMillis = deadlineMillis(timeoutMillis) - (passedMillis() - startMillis)
    running.closing ??= closeHttp(http, clock, closeMillis(leftMillis)).then((problem) => {
      if (problem !== undefined) record(running, { ...Outcome.Monoid.empty, problems: [problem] })
    })
    await running.closing
    running.reports.finish()
    return outcomeOf(running)
  }
