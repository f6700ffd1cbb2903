/** Opens everything that listens: receivers, health checks, metrics. All of them, or none. */
import * as E from '#fp-ts/Either'
import type { HealthCheckConfig } from '../config/component/healthCheck.ts'
import type { ReceiverEntry } from '../config/GatewayModel.ts'
import * as Health from '../monitor/Health.ts'
import * as Page from '../monitor/Page.ts'
import { acceptFor } from '../pipeline/acceptFor.ts'
import * as GrpcReceiver from '../receiver/GrpcReceiver.ts'
import * as HttpReceiver from '../receiver/HttpReceiver.ts'
import type { ListenError } from '../receiver/Listener.ts'
import type { GatewayState, Listening } from './GatewayState.ts'
import { observing } from './observing.ts'

// model

export interface OpenPart {
  readonly listening: Listening
  /** Whether it is for those who watch the gateway: it closes last. */
  readonly isMonitor: boolean
  readonly close: (deadlineMillis: number) => Promise<void>
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
  const { receivers, healthChecks, telemetry } = state.config
  const opened: Array<Opened> = []
  // Those who watch see the gateway before it takes the first request.
  if (telemetry.metricsEndpoint !== undefined) {
    opened.push(
      await openPage('metrics', { endpoint: telemetry.metricsEndpoint }, metricsPages(state)),
    )
  }
  for (const check of healthChecks) {
    opened.push(await openPage('health check', check, healthPages(state, check)))
  }
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
  const { capabilities, pipelines } = state
  const accept = acceptFor({
    receiver: id,
    pipelines,
    random: capabilities.random,
    isEnding: () => state.isEnding,
    onRead: state.metrics.onRead,
  })
  const observe = observing(state, id)
  const opened: Array<Opened> = []
  if (http !== undefined) {
    opened.push(partOf(`${id} http`, await HttpReceiver.listen(http, accept, observe)))
  }
  if (grpc !== undefined) {
    opened.push(partOf(`${id} grpc`, await GrpcReceiver.listen(grpc, accept, observe)))
  }
  return opened
}

const openPage = async (
  what: string,
  config: Parameters<typeof Page.serve>[0],
  pages: Page.Pages,
): Promise<Opened> => partOf(what, await Page.serve(config, pages), true)

const partOf = (
  what: string,
  opened: E.Either<
    ListenError,
    { readonly address: Listening['address']; readonly close: OpenPart['close'] }
  >,
  isMonitor = false,
): Opened =>
  E.isLeft(opened)
    ? E.left({ what, error: opened.left })
    : E.right({
        listening: { what, address: opened.right.address },
        isMonitor,
        close: opened.right.close,
      })

const metricsPages = ({ metrics }: GatewayState): Page.Pages =>
  new Map([
    [
      '/metrics',
      async () => ({
        status: 200,
        contentType: metrics.contentType,
        body: await metrics.print(),
      }),
    ],
  ])

const healthPages = (state: GatewayState, check: HealthCheckConfig): Page.Pages => {
  const { clock } = state.capabilities
  const startMillis = clock.now()
  return Health.pages(check, () => ({
    isEnding: state.isEnding,
    stalled: state.exporters
      .filter(({ exporter, watched }) => watched.isDown() && exporter.backlog().isFull)
      .map(({ id }) => id),
    startMillis,
    nowMillis: clock.now(),
  }))
}
