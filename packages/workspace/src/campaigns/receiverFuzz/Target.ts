/** The receivers under test: both protocols, with credentials and short time limits. */
import * as GrpcReceiver from '@sentry-exporter/gateway/GrpcReceiver'
import * as HttpReceiver from '@sentry-exporter/gateway/HttpReceiver'
import { type ListenError, type Listener, showError } from '@sentry-exporter/gateway/Listener'
import * as Observe from '@sentry-exporter/gateway/Observe'
import * as ReceiverDefaults from '@sentry-exporter/gateway/ReceiverDefaults'
import * as DecodeError from '@sentry-exporter/otlp/DecodeError'
import * as OtlpBytes from '@sentry-exporter/otlp/OtlpBytes'
import type * as E from '#fp-ts/Either'

// model

export interface Target {
  readonly httpPort: number
  readonly grpcPort: number
  /** The maximum memory of its process so far, in bytes. */
  readonly residentBytes: () => Promise<number>
  readonly close: () => Promise<void>
}

export const TOKEN = 'right-token'

export interface TargetOptions {
  /** A request that does not arrive within this time is ended. */
  readonly readTimeoutMillis: number
}

const LOOPBACK = { _tag: 'Tcp', host: '127.0.0.1', port: 0 } as const

const AUTH = { _tag: 'Bearer', scheme: 'Bearer', header: 'Authorization', tokens: [TOKEN] } as const

const BYTES_IN_KILOBYTE = 1024

// running

/** In this process. Bodies are parsed as OTLP. */
export const open = async ({ readTimeoutMillis }: TargetOptions): Promise<Target> => {
  const accept: Parameters<typeof HttpReceiver.listen>[1] = ({ body, encoding }) => {
    const parsed = OtlpBytes.parse(body, encoding)
    return parsed._tag === 'Left'
      ? { _tag: 'Invalid', message: DecodeError.show(parsed.left) }
      : { _tag: 'Accepted', rejected: parsed.right.batch.rejected.length, message: '' }
  }
  const httpConfig = {
    ...ReceiverDefaults.http,
    endpoint: LOOPBACK,
    auth: AUTH,
    readHeaderTimeoutMillis: readTimeoutMillis,
    readTimeoutMillis,
    idleTimeoutMillis: 600_000,
  }
  const http = listener(await HttpReceiver.listen(httpConfig, accept, Observe.none))
  const grpcConfig = { ...ReceiverDefaults.grpc, endpoint: LOOPBACK, auth: AUTH }
  const grpc = listener(await GrpcReceiver.listen(grpcConfig, accept, Observe.none))
  return {
    httpPort: portOf(http),
    grpcPort: portOf(grpc),
    residentBytes: () => Promise.resolve(process.resourceUsage().maxRSS * BYTES_IN_KILOBYTE),
    close: async () => {
      await Promise.all([http.close(1_000), grpc.close(1_000)])
    },
  }
}

const listener = (listening: E.Either<ListenError, Listener>): Listener => {
  if (listening._tag === 'Left') throw new Error(showError(listening.left))
  return listening.right
}

const portOf = ({ address }: Listener): number => (address._tag === 'Tcp' ? address.port : 0)
