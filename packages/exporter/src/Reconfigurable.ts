/**
 * An exporter whose configuration can change while it works, for programs that read their configuration again.
 *
 * Laws: no span is lost by a change. A span has the mapping, the environment and the redaction of the configuration that was in use
 * when it arrived; it leaves with the project, the rules of errors and the delivery of the one that is in use then.
 *
 * @example
 * ```ts
 * import { Config, Reconfigurable } from '@sentry-exporter/exporter'
 * import { type Http, systemClock } from '@sentry-exporter/transport'
 *
 * const http: Http.Http = () => async () => ({
 *   _tag: 'Right',
 *   right: { status: 200, header: () => undefined },
 * })
 * const staging = Config.decode({ dsn: 'https://key@sentry.example.com/42', environment: 'staging' })
 * const canary = Config.decode({ dsn: 'https://key@sentry.example.com/42', environment: 'canary' })
 * if (staging._tag === 'Right' && canary._tag === 'Right') {
 *   const exporter = Reconfigurable.start(staging.right, http, systemClock)
 *   console.log(exporter.reconfigure(canary.right)) // undefined
 *   await exporter.shutdown(1_000)
 * }
 * ```
 */
import { type Clock, stopwatch } from '@sentry-exporter/transport/Clock'
import * as Http from '@sentry-exporter/transport/Http'
import * as Config from './Config.ts'
import * as ConfigError from './ConfigError.ts'
import { deliveryTargets } from './deliveryTargets.ts'
import * as EarlierHeadings from './EarlierHeadings.ts'
import type * as EventEnvelope from './EventEnvelope.ts'
import * as Exporter from './Exporter.ts'
import * as Pipeline from './Pipeline.ts'
import * as Running from './Running.ts'

// model

export interface ReconfigurableExporter extends Exporter.Exporter {
  /**
   * Uses another configuration from now on, in one step; `reporting` stays that of the start. Spans that wait, the sent history, rate
   * limits and queues stay. Gives the reason why the configuration cannot work, which then changes nothing; `undefined` if it was
   * taken, or if the exporter was shut down.
   */
  readonly reconfigure: (config: Config.RunnableConfig) => string | undefined
}

// constructors

/** Opens no connection. Throws one readable error if the `Http` cannot work. */
export const start = (
  config: Config.RunnableConfig,
  http: Http.Http,
  clock: Clock,
): ReconfigurableExporter => {
  const problem = Http.problemOf(http) ?? problemOf(config, http)
  if (problem !== undefined) throw ConfigError.named(problem)
  const running = Running.start(config, http, clock)
  return { ...Exporter.ofRunning(running), reconfigure: reconfigure(running, config) }
}

// running

const problemOf = (config: Config.RunnableConfig, http: Http.Http): string | undefined =>
  Config.addressProblem(config) ?? Exporter.unverifiedProblem(config, http)

const reconfigure = (
  running: Running.Running,
  first: Config.RunnableConfig,
): ReconfigurableExporter['reconfigure'] => {
  const { clock, deliveries, http, runner } = running
  const watch = stopwatch(clock)
  let before = first
  let earlier = EarlierHeadings.none
  const earlierOf = (traceId: string): EventEnvelope.Heading | undefined => {
    if (earlier.byTrace.size === 0) return undefined
    if (watch() > earlier.untilMillis) earlier = EarlierHeadings.none
    return earlier.byTrace.get(traceId)
  }
  return (config) => {
    const problem = problemOf(config, http)
    if (problem !== undefined || running.state.isClosed) return problem
    const [former, heading] = [Pipeline.headingOf(before), Pipeline.headingOf(config)]
    if (earlier.byTrace.size > 0 || !EarlierHeadings.isSame(former, heading)) {
      const longest = Math.max(before.limits.maxOrphanWaitMillis, config.limits.maxOrphanWaitMillis)
      earlier = EarlierHeadings.keep(earlier, runner.waitingIds(), former, watch() + longest)
    }
    deliveries.reconfigure(deliveryTargets(config))
    Running.change(running, {
      ...Pipeline.optionsOf(config),
      encode: Pipeline.sealOf(config, earlierOf),
    })
    before = config
    return undefined
  }
}
