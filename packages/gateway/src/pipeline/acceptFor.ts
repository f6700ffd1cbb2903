/**
 * The border that a receiver gives its requests to. A request is read once, and goes to each exporter of each pipeline. While a
 * queue of one of these exporters is full the request is refused as a whole: what the others took would be repeated otherwise.
 */
import * as E from '#fp-ts/Either'
import type { Accept, OtlpSignal, ReceiverAnswer } from '../receiver/Accept.ts'
import type { GatewayPipeline } from './GatewayPipeline.ts'
import type { RunningExporter } from './RunningExporter.ts'
import { readRequest } from './readRequest.ts'

// model

export interface AcceptWiring {
  readonly receiver: string
  readonly pipelines: ReadonlyArray<GatewayPipeline>
  /** From 0 up to, not including, 1: senders that were refused together should not come back together. */
  readonly random: () => number
  /** Whether the gateway ends: it takes nothing any more. */
  readonly isEnding: () => boolean
  readonly onRead: (seen: SeenItems) => void
}

/** The items of a request that was taken. */
export interface SeenItems {
  readonly receiver: string
  readonly signal: OtlpSignal
  readonly accepted: number
  readonly rejected: number
}

const MAX_RETRY_SECONDS = 5

// constructors

export const acceptFor = ({
  receiver,
  pipelines,
  random,
  isEnding,
  onRead,
}: AcceptWiring): Accept => {
  const routes = {
    traces: routesOf(receiver, pipelines, 'traces'),
    logs: routesOf(receiver, pipelines, 'logs'),
  }
  const busy = (message: string): ReceiverAnswer => ({
    _tag: 'Busy',
    retryAfterSeconds: 1 + Math.floor(random() * MAX_RETRY_SECONDS),
    message,
  })
  return (request) => {
    const { signal } = request
    const { pipelines: taking, exporters } = routes[signal]
    if (taking.length === 0)
      return { _tag: 'NoPipeline', message: `no pipeline takes ${signal} of ${receiver}` }
    if (isEnding()) return busy('the gateway is shutting down')
    const full = exporters.find(({ exporter }) => exporter.backlog().isFull)
    if (full !== undefined) return busy(`the queue of ${full.id} is full`)
    const read = readRequest(request)
    if (E.isLeft(read)) return { _tag: 'Invalid', message: read.left }
    const { input, rejected, message } = read.right
    for (const { process, exporters: targets } of taking) {
      const processed = process(input)
      // Not awaited: the sender is answered when its spans are held here. The outcome counts what becomes of them.
      for (const { exporter } of targets) void exporter.exportInput(processed)
    }
    const accepted = signal === 'traces' ? input.batch.spans.length : input.logs.records.length
    onRead({ receiver, signal, accepted, rejected })
    return { _tag: 'Accepted', rejected, message }
  }
}

interface Routes {
  readonly pipelines: ReadonlyArray<GatewayPipeline>
  /** Each once. */
  readonly exporters: ReadonlyArray<RunningExporter>
}

const routesOf = (
  receiver: string,
  all: ReadonlyArray<GatewayPipeline>,
  signal: OtlpSignal,
): Routes => {
  const pipelines = all.filter(
    (pipeline) => pipeline.signal === signal && pipeline.receivers.includes(receiver),
  )
  return { pipelines, exporters: [...new Set(pipelines.flatMap(({ exporters }) => exporters))] }
}
