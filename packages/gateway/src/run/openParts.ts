/** Opens everything that listens: receivers, health checks, metrics. All of them, or none. */
import * as E from '#fp-ts/Either'
import type { HealthCheckConfig } from '../config/component/healthCheck.ts'
import type { GatewayConfig, ReceiverEntry } from '../config/GatewayModel.ts'
import type { Endpoint, OtlpReceiverConfig } from '../config/ReceiverConfig.ts'
import * as Health from '../monitor/Health.ts'
import * as Page from '../monitor/Page.ts'
import { acceptFor } from '../pipeline/acceptFor.ts'
import * as RunningExporter from '../pipeline/RunningExporter.ts'
import * as GrpcReceiver from '../receiver/GrpcReceiver.ts'
import * as HttpReceiver from '../receiver/HttpReceiver.ts'
import type { ListenError } from '../receiver/Listener.ts'
import type { GatewayState, Listening } from './GatewayState.ts'
import { logCertificates, observing } from './observing.ts'

// model

export interface OpenPart {
  readonly listening: Listening
  /** Whether it is for those who watch the gateway: it closes last. */
  readonly isMonitor: boolean
  readonly close: (deadlineMillis: number) => Promise<void>
  /** Reads the files of its settings in another configuration. The result puts them into use, at once and without failure. */
  readonly prepare: (config: GatewayConfig) => Promise<E.Either<PartError, () => void>>
}

export interface PartError {
  readonly what: string
  readonly error: ListenError
}

type Opened = E.Either<PartError, OpenPart>

// running

/** The errors are those of all parts that could not listen. */
export const openParts = async (
  state: GatewayState,
): Promise<E.Either<ReadonlyArray<PartError>, ReadonlyArray<OpenPart>>> => {
  const { receivers, healthChecks, telemetry } = state.active.config
  const opened: Array<Opened> = []
  // Those who watch see the gateway before it takes the first request.
  if (telemetry.metricsEndpoint !== undefined) {
    opened.push(await openMetrics(state, telemetry.metricsEndpoint))
  }
  for (const check of healthChecks) opened.push(await openHealthCheck(state, check))
  for (const entry of receivers) opened.push(...(await openReceiver(state, entry)))
  const errors = opened.flatMap((one) => (E.isLeft(one) ? [one.left] : []))
  const parts = opened.flatMap((one) => (E.isRight(one) ? [one.right] : []))
  if (errors.length === 0) return E.right(parts)
  await Promise.all(parts.map(({ close }) => close(0)))
  return E.left(errors)
}

const openReceiver = async (
  state: GatewayState,
  { id, config: { http, grpc } }: ReceiverEntry,
): Promise<ReadonlyArray<Opened>> => {
  const { capabilities } = state
  const accept = acceptFor({
    receiver: id,
    pipelines: () => state.active.pipelines,
    random: capabilities.random,
    isEnding: () => state.isEnding,
    onRead: state.metrics.onRead,
  })
  const observe = observing(state, id)
  const settingsIn = ({ receivers }: GatewayConfig): OtlpReceiverConfig | undefined =>
    receivers.find((entry) => entry.id === id)?.config
  const opened: Array<Opened> = []
  if (http !== undefined) {
    const listener = await HttpReceiver.listen(http, accept, observe)
    opened.push(partOf(`${id} http`, listener, (config) => settingsIn(config)?.http))
  }
  if (grpc !== undefined) {
    const listener = await GrpcReceiver.listen(grpc, accept, observe)
    opened.push(partOf(`${id} grpc`, listener, (config) => settingsIn(config)?.grpc))
  }
  return opened
}

const openMetrics = async (state: GatewayState, endpoint: Endpoint): Promise<Opened> => {
  const pages: Page.Pages = new Map([
    [
      '/metrics',
      async () => ({
        status: 200,
        contentType: state.metrics.contentType,
        body: await state.metrics.print(),
      }),
    ],
  ])
  return partOf('metrics', await Page.serve({ endpoint, pages }), () => undefined, true)
}

const openHealthCheck = async (state: GatewayState, check: HealthCheckConfig): Promise<Opened> => {
  const { clock } = state.capabilities
  const startMillis = clock.now()
  const healthOf = (): Health.HealthState => ({
    isEnding: state.isEnding,
    stalled: state.active.exporters
      .map(RunningExporter.reported)
      .filter(({ isDown, backlog }) => isDown() && backlog().isFull)
      .map(({ id }) => id),
    startMillis,
    nowMillis: clock.now(),
  })
  const siteOf = (config: HealthCheckConfig): Page.Site => ({
    endpoint: config.endpoint,
    tls: config.tls,
    pages: Health.pages(config, healthOf),
  })
  const settingsIn = ({ healthChecks }: GatewayConfig): Page.Site | undefined => {
    const changed = healthChecks.find(({ id }) => id === check.id)
    return changed && siteOf(changed)
  }
  const onCertificates = (error: ListenError | undefined): void =>
    logCertificates(state.log, { extension: check.id }, error)
  return partOf('health check', await Page.serve(siteOf(check), onCertificates), settingsIn, true)
}

/** The server of a part. */
interface PartServer<C> extends Pick<OpenPart, 'close'>, Pick<Listening, 'address'> {
  readonly prepare: (settings: C) => Promise<E.Either<ListenError, () => void>>
}

/** `settingsIn` finds the settings of the part in another configuration; `undefined` where it has none that can change. */
const partOf = <C>(
  what: string,
  opened: E.Either<ListenError, PartServer<C>>,
  settingsIn: (config: GatewayConfig) => C | undefined,
  isMonitor = false,
): Opened => {
  if (E.isLeft(opened)) return E.left({ what, error: opened.left })
  const { address, close, prepare } = opened.right
  return E.right({
    listening: { what, address },
    isMonitor,
    close,
    prepare: async (config) => {
      const settings = settingsIn(config)
      if (settings === undefined) return E.right(() => undefined)
      return E.mapLeft((error: ListenError): PartError => ({ what, error }))(
        await prepare(settings),
      )
    },
  })
}
