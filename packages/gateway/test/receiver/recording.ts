/** Receivers on 127.0.0.1 that record their requests, and clients for them. */
import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http'
import { connect, type Socket } from 'node:net'
import type * as E from '#fp-ts/Either'
import type { GrpcReceiverConfig, HttpReceiverConfig } from '../../src/config/ReceiverConfig.ts'
import type { Accept, ReceivedRequest, ReceiverAnswer } from '../../src/receiver/Accept.ts'
import * as GrpcReceiver from '../../src/receiver/GrpcReceiver.ts'
import * as HttpReceiver from '../../src/receiver/HttpReceiver.ts'
import {
  type ChangeableListener,
  type ListenError,
  showError,
} from '../../src/receiver/Listener.ts'
import type * as Budget from '../../src/receiver/memory/Budget.ts'
import type * as Observe from '../../src/receiver/Observe.ts'
import * as ReceiverDefaults from '../../src/receiver/ReceiverDefaults.ts'

// model

export interface Recording<C = never> {
  readonly listener: ChangeableListener<C>
  readonly port: number
  readonly requests: ReadonlyArray<ReceivedRequest>
  readonly seen: ReadonlyArray<Observe.SeenRequest>
  readonly refusedConnections: () => number
  readonly certificateChanges: ReadonlyArray<string>
}

type Answer = Accept

export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

const LOOPBACK = { _tag: 'Tcp', host: '127.0.0.1', port: 0 } as const

export const accepted: ReceiverAnswer = { _tag: 'Accepted', rejected: 0, message: '' }

/** Refuses everything from its head. */
export const pressed: Accept = Object.assign(() => accepted, {
  refuse: () => ({ _tag: 'Busy', retryAfterSeconds: 2, message: 'the queue is full' }) as const,
})

// constructors

type Listen<C> = (
  config: C,
  accept: Accept,
  observe: Observe.Observe,
  budget?: Budget.Budget,
) => Promise<E.Either<ListenError, ChangeableListener<C>>>

interface Given<C> {
  readonly listen: Listen<C>
  readonly config: C
  readonly answer: Answer
  readonly budget: Budget.Budget | undefined
}

const open = async <C>({ listen, config, answer, budget }: Given<C>): Promise<Recording<C>> => {
  const requests: Array<ReceivedRequest> = []
  const seen: Array<Observe.SeenRequest> = []
  const certificateChanges: Array<string> = []
  let refusedConnections = 0
  const listening = await listen(
    config,
    Object.assign(
      (request: ReceivedRequest) => {
        requests.push(request)
        return answer(request)
      },
      answer.refuse === undefined ? {} : { refuse: answer.refuse },
    ),
    {
      request: (one) => seen.push(one),
      connectionRefused: () => refusedConnections++,
      certificatesChanged: (_protocol, error) =>
        certificateChanges.push(error === undefined ? 'used' : error._tag),
    },
    budget,
  )
  if (listening._tag === 'Left') throw new Error(showError(listening.left))
  const listener = listening.right
  const port = listener.address._tag === 'Tcp' ? listener.address.port : 0
  return {
    listener,
    port,
    requests,
    seen,
    refusedConnections: () => refusedConnections,
    certificateChanges,
  }
}

export const openHttp = (
  config: Partial<HttpReceiverConfig> = {},
  answer: Answer = () => accepted,
  budget?: Budget.Budget,
): Promise<Recording<HttpReceiverConfig>> =>
  open({
    listen: HttpReceiver.listen,
    config: { ...ReceiverDefaults.http, endpoint: LOOPBACK, ...config },
    answer,
    budget,
  })

export const openGrpc = (
  config: Partial<GrpcReceiverConfig> = {},
  answer: Answer = () => accepted,
  budget?: Budget.Budget,
): Promise<Recording<GrpcReceiverConfig>> =>
  open({
    listen: GrpcReceiver.listen,
    config: { ...ReceiverDefaults.grpc, endpoint: LOOPBACK, ...config },
    answer,
    budget,
  })

// running

/** One request on a connection of its own. */
export const send = (
  options: RequestOptions,
  body: Uint8Array | string = '',
  make: typeof httpRequest = httpRequest,
): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const request = make({ host: '127.0.0.1', agent: false, method: 'POST', ...options })
    request.on('response', (response) => {
      const chunks: Array<Buffer> = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      )
      response.on('error', reject)
    })
    request.on('error', reject)
    request.end(body)
  })

/** A connection, and all that arrives on it until it ends. */
export const openSocket = (
  port: number,
): { readonly socket: Socket; readonly ended: Promise<string> } => {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  let text = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    text += chunk
  })
  socket.on('error', () => undefined)
  const ended = new Promise<string>((resolve) => {
    socket.on('end', () => {
      socket.end()
      resolve(text)
    })
    socket.on('close', () => resolve(text))
  })
  return { socket, ended }
}

/** Waits until something holds; throws after a minute. */
export const eventually = async (holds: () => boolean): Promise<void> => {
  for (let attempt = 0; !holds(); attempt++) {
    if (attempt > 6_000) throw new Error('did not hold within a minute')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
