/** The mutable state of an open exporter: its sums, its assembly, its deliveries and its unfinished sends. One owner. */
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
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
import * as ItemRunner from './ItemRunner.ts'
import * as LogSteps from './LogSteps.ts'
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
  readonly logs: ItemRunner.ItemRunner<LogRecord, LogSteps.LogState, AddressedEnvelope>
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
  const options = Pipeline.optionsOf(config)
  const machine = Pipeline.machine({ ...options, payload })
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
    logs: ItemRunner.make({
      steps: LogSteps.of(options),
      clock,
      onReady: (emitted) => void send(running, withLogs(NOTHING, emitted), Outcome.Monoid.empty),
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

/** Uses other options from now on. The spans that wait stay; the logs that wait leave. */
export const change = (running: Running, options: Pipeline.Options<AddressedEnvelope>): void => {
  const machine = Pipeline.machine({ ...options, payload: running.payload })
  running.runner.change(machine)
  running.logs.change(LogSteps.of(options))
  running.reader = readerFor(machine, running.clock)
}

/** Takes a part of an input: spans, and log records for errors and logs. */
export const arrive = (
  { logs, runner }: Running,
  arrival: AssemblyRunner.RunnerArrival<FinishedSpan.FinishedSpan>,
): Step => withLogs(runner.arrive(arrival), logs.take(arrival.records ?? []))

/** The result of a step of spans and logs. */
interface Step extends AssemblyRunner.Emitted<EnvelopePlan.EnvelopePlan> {
  /** The change of the number of waiting logs; 0 if left out. */
  readonly waitingLogs?: number
}

const withLogs = (
  events: AssemblyRunner.Emitted<EnvelopePlan.EnvelopePlan>,
  logs: ItemRunner.WaitedItems<AddressedEnvelope>,
): Step => ({
  plans: logs.plans.length === 0 ? events.plans : [...events.plans, ...logs.plans],
  losses: Losses.concat(events.losses, logs.losses),
  waiting: events.waiting,
  waitingLogs: logs.waiting,
  ...HookFailure.asField(HookFailure.concat(events.failures ?? HookFailure.none, logs.failures)),
})

export const record = (running: Running, outcome: Outcome.Outcome): Outcome.Outcome => {
  running.state = ExporterState.record(outcome)(running.state)
  running.reports.add(outcome)
  return outcome
}

/** Makes and sends the envelopes of a step. Records `known` and the losses of the step at once. */
export const send = (
  running: Running,
  { plans, losses, failures = [], waiting, waitingLogs = 0 }: Step,
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
      const { spans = 0, logs = 0 } = envelope
      running.state = ExporterState.sending({ spans, logs, envelopes: 1 })(running.state)
    }
    return envelope
  }
  const delivered = deliveries.send(plans, makeEnvelope, (outcome, { spans, logs }) => {
    const done = { spans: -spans, logs: -logs, envelopes: -1 }
    running.state = ExporterState.sending(done)(running.state)
    record(running, outcome)
  })
  // `send` made all envelopes before it returned, so that `rejected` and `failed` are complete.
  const problems = [...known.problems, ...failed]
  const taken = record(running, { ...known, rejected, waiting, waitingLogs, problems })
  const sending = delivered.then((sent) => {
    underWay.delete(sending)
    return Outcome.Monoid.concat(taken, sent)
  })
  underWay.add(sending)
  return sending
}

export const outcomeOf = ({ logs, runner, state }: Running): Outcome.Outcome =>
  ExporterState.outcome(runner.waiting(), logs.waiting())(state)

export const backlogOf = ({ deliveries, logs, runner, state }: Running): Backlog => ({
  ...deliveries.load(),
  unanswered: state.sendingEnvelopes,
  ...runner.held(),
  logs: logs.waiting(),
})

const NOTHING: AssemblyRunner.Emitted<never> = { plans: [], losses: Losses.empty, waiting: 0 }

/** The spans that a flush releases: all; those of segments whose entry has arrived; or none. Logs are released in any case. */
export type FlushScope = 'all' | 'entered' | 'none'

export const flush =
  (running: Running) =>
  async (timeoutMillis?: number, scope: FlushScope = 'all'): Promise<Outcome.Outcome> => {
    const { clock, deliveries, logs, runner, underWay } = running
    const events = scope === 'none' ? NOTHING : runner.flush(scope === 'entered')
    void send(running, withLogs(events, logs.flush()), Outcome.Monoid.empty)
    const sent = Promise.allSettled(underWay).then(deliveries.report)
    await withDeadline(clock, timeoutMillis)(sent)
    return outcomeOf(running)
  }

/** The time to close the connections is what is left of the time of the shutdown, within this range. */
const closeMillis = Range.clamp({ min: 100, max: 5_000 }, 100)

export const shutdown =
  (running: Running) =>
  async (timeoutMillis?: number): Promise<Outcome.Outcome> => {
    const { clock, deliveries, http, logs, runner, underWay } = running
    const passedMillis = stopwatch(clock)
    const startMillis = passedMillis()
    running.state = ExporterState.close(running.state)
    await flush(running)(timeoutMillis)
    runner.stop()
    logs.stop()
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
