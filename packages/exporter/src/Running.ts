/** The mutable state of an open exporter: its sums, its assembly, its deliveries and its unfinished sends. One owner. */
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import * as Losses from '@sentry-exporter/core/Losses'
import type { Metric } from '@sentry-exporter/core/Metric'
import { HookFailure, type Machine, type MetricState } from '@sentry-exporter/core/pipeline'
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
import * as Counts from './Counts.ts'
import { closeHttp } from './closeHttp.ts'
import * as DeliveryByDsn from './DeliveryByDsn.ts'
import { deliveryTargets } from './deliveryTargets.ts'
import type * as EnvelopePlan from './EnvelopePlan.ts'
import type { AddressedEnvelope } from './EventEnvelope.ts'
import * as ExporterState from './ExporterState.ts'
import * as ExportStep from './ExportStep.ts'
import * as FinishedSpan from './FinishedSpan.ts'
import * as ItemRunner from './ItemRunner.ts'
import * as LogSteps from './LogSteps.ts'
import * as MetricSteps from './MetricSteps.ts'
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
  readonly metrics: ItemRunner.ItemRunner<Metric, MetricState.MetricState, AddressedEnvelope>
  /** Of the machine that is in use. */
  describer: ExporterMachine['describer']
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
  const onReady =
    (countedAs: Parameters<typeof ExportStep.of>[0]) =>
    (emitted: Parameters<typeof ExportStep.of>[1]): void =>
      void send(running, ExportStep.of(countedAs, emitted), Outcome.Monoid.empty)
  const running: Running = {
    closing: undefined,
    state: ExporterState.empty,
    http,
    clock,
    deliveries: DeliveryByDsn.make({
      http,
      clock,
      client: `${sdk.name}/${sdk.version}`,
      ...deliveryTargets(config),
    }),
    runner: AssemblyRunner.make({
      machine,
      clock,
      onReady: onReady('waiting'),
      openTraces,
    }),
    logs: ItemRunner.make({
      steps: LogSteps.of(options),
      clock,
      onReady: onReady('waitingLogs'),
    }),
    metrics: ItemRunner.make({
      steps: MetricSteps.of(options),
      clock,
      onReady: onReady('waitingMetrics'),
    }),
    describer: machine.describer,
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

type ExporterMachine = ReturnType<typeof Pipeline.machine<AddressedEnvelope>>

// running

/** Uses other options from now on. Spans that wait stay; logs and metrics that wait leave. Series of metrics go on. */
export const change = (running: Running, options: Pipeline.Options<AddressedEnvelope>): void => {
  const machine = Pipeline.machine({ ...options, payload: running.payload })
  running.runner.change(machine)
  running.logs.change(LogSteps.of(options))
  running.metrics.change(MetricSteps.of(options))
  running.describer = machine.describer
}

/** The part of an input that arrived together. */
export interface ExporterArrival extends AssemblyRunner.RunnerArrival<FinishedSpan.FinishedSpan> {
  readonly metrics?: ReadonlyArray<Metric> | undefined
}

/** Takes a part of an input: spans, log records for errors and logs, and metrics. */
export const arrive = (
  { logs, metrics, runner }: Running,
  { metrics: points = [], ...arrival }: ExporterArrival,
): ExportStep.ExportStep =>
  ExportStep.concatAll([
    ExportStep.of('waiting', runner.arrive(arrival)),
    ExportStep.of('waitingLogs', logs.take(arrival.records ?? [])),
    ExportStep.of('waitingMetrics', metrics.take(points)),
  ])

export const record = (running: Running, outcome: Outcome.Outcome): Outcome.Outcome => {
  running.state = ExporterState.record(outcome)(running.state)
  running.reports.add(outcome)
  return outcome
}

/** Makes and sends the envelopes of a step. Records `known` and the losses of the step at once. */
export const send = (
  running: Running,
  { plans, losses, failures = [], ...waiting }: ExportStep.ExportStep,
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
      running.state = ExporterState.send(Counts.of(envelope))(running.state)
    }
    return envelope
  }
  const delivered = deliveries.send(plans, makeEnvelope, (outcome, counts) => {
    running.state = ExporterState.settle(counts)(running.state)
    record(running, outcome)
  })
  // `send` made all envelopes before it returned, so that `rejected` and `failed` are complete.
  const problems = [...known.problems, ...failed]
  const taken = record(running, { ...known, ...waiting, rejected, problems })
  const sending = delivered.then((sent) => {
    underWay.delete(sending)
    return Outcome.Monoid.concat(taken, sent)
  })
  underWay.add(sending)
  return sending
}

export const outcomeOf = ({ logs, metrics, runner, state }: Running): Outcome.Outcome =>
  ExporterState.outcome({
    spans: runner.waiting(),
    logs: logs.waiting(),
    metrics: metrics.waiting(),
  })(state)

export const backlogOf = ({ deliveries, logs, metrics, runner, state }: Running): Backlog => ({
  ...deliveries.load(),
  unanswered: state.sendingEnvelopes,
  ...runner.held(),
  logs: logs.waiting(),
  metrics: metrics.waiting(),
  metricSeries: metrics.series(),
})

/** The spans that a flush releases: all; those of segments whose entry has arrived; or none. Logs and metrics are released in any case. */
export type FlushScope = 'all' | 'entered' | 'none'

export const flush =
  (running: Running) =>
  async (timeoutMillis?: number, scope: FlushScope = 'all'): Promise<Outcome.Outcome> => {
    const { clock, deliveries, logs, metrics, runner, underWay } = running
    const released = [
      ...(scope === 'none' ? [] : [ExportStep.of('waiting', runner.flush(scope === 'entered'))]),
      ExportStep.of('waitingLogs', logs.flush()),
      ExportStep.of('waitingMetrics', metrics.flush()),
    ]
    void send(running, ExportStep.concatAll(released), Outcome.Monoid.empty)
    const sent = Promise.allSettled(underWay).then(deliveries.report)
    await withDeadline(clock, timeoutMillis)(sent)
    return outcomeOf(running)
  }

/** The time to close the connections is what is left of the time of the shutdown, within this range. */
const closeMillis = Range.clamp({ min: 100, max: 5_000 }, 100)

export const shutdown =
  (running: Running) =>
  async (timeoutMillis?: number): Promise<Outcome.Outcome> => {
    const { clock, deliveries, http, logs, metrics, runner, underWay } = running
    const passedMillis = stopwatch(clock)
    const startMillis = passedMillis()
    running.state = ExporterState.close(running.state)
    await flush(running)(timeoutMillis)
    runner.stop()
    logs.stop()
    metrics.stop()
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
