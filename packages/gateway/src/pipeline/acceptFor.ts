/**
 * The border that a receiver gives its requests to. A request is read once, and goes to each exporter of each pipeline. While a
 * queue of one of these exporters is full the request is refused as a whole: what the others took would be repeated otherwise.
 */
import * as E from '#fp-ts/Either'
import type {
  Accept,
  OtlpSignal,
  ReceivedRequest,
  ReceiverAnswer,
  ReceiverRefusal,
} from '../receiver/Accept.ts'
import { type GatewayPipeline, type PipelineExporter, unchanged } from './GatewayPipeline.ts'
import { readRequest } from './readRequest.ts'
import * as SignalInput from './SignalInput.ts'

// model

export interface AcceptWiring {
  readonly receiver: string
  /** Those of the present configuration. A request goes to the pipelines of the time at which it is whole. */
  readonly pipelines: () => ReadonlyArray<GatewayPipeline>
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
  const routes = latest(pipelines, (all) => ({
    traces: routesOf(receiver, all, 'traces'),
    logs: routesOf(receiver, all, 'logs'),
    metrics: routesOf(receiver, all, 'metrics'),
  }))
  const busy = (message: string): ReceiverRefusal => ({
    _tag: 'Busy',
    retryAfterSeconds: 1 + Math.floor(random() * MAX_RETRY_SECONDS),
    message,
  })
  const refuse = (signal: OtlpSignal): ReceiverRefusal | undefined => {
    const { pipelines: taking, exporters } = routes()[signal]
    if (taking.length === 0)
      return { _tag: 'NoPipeline', message: `no pipeline takes ${signal} of ${receiver}` }
    if (isEnding()) return busy('the gateway is shutting down')
    const full = exporters.find(({ exporter }) => exporter.backlog().isFull)
    return full === undefined ? undefined : busy(`the queue of ${full.id} is full`)
  }
  const take = (request: ReceivedRequest): ReceiverAnswer => {
    const { signal } = request
    const read = readRequest(request, readTracesOf(routes()[signal]))
    if (E.isLeft(read)) return { _tag: 'Invalid', message: read.left }
    const { input, rejected, message } = read.right
    for (const { process, exporters: targets } of routes()[signal].pipelines) {
      const processed = process(input)
      // Not awaited: the sender is answered when its items are held here. The outcome counts what becomes of them.
      for (const { exporter } of targets) void exporter.exportInput(processed)
    }
    onRead({ receiver, signal, accepted: SignalInput.bySignal[signal].accepted(input), rejected })
    return { _tag: 'Accepted', rejected, message }
  }
  return Object.assign(
    // Asked again: the queue may have become full while the body arrived.
    (request: ReceivedRequest): ReceiverAnswer => refuse(request.signal) ?? take(request),
    { refuse },
  )
}

/** A value that is made again when its source is another one. */
const latest = <A, B>(source: () => A, make: (value: A) => B): (() => B) => {
  let from = source()
  let made = make(from)
  return () => {
    const now = source()
    if (now !== from) [from, made] = [now, make(now)]
    return made
  }
}

/**
 * The reader of the one exporter that takes the requests as they are: it describes spans while it reads them. Others need
 * spans.
 */
const readTracesOf = ({ pipelines, exporters }: Routes): SignalInput.ReadProtobuf | undefined => {
  const [only, another] = exporters
  const takesAsIs = pipelines.length === 1 && pipelines[0]?.process === unchanged
  return only === undefined || another !== undefined || !takesAsIs
    ? undefined
    : only.exporter.readTraces
}

interface Routes {
  readonly pipelines: ReadonlyArray<GatewayPipeline>
  /** Each once. */
  readonly exporters: ReadonlyArray<PipelineExporter>
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
