/**
 * Ends connections whose clients send more keepalive pings than the configuration permits. The library does not. Source:
 * github.com/grpc/proposal, `A8-client-side-keepalive.md`, "Server Enforcement".
 */
import { constants } from 'node:http2'
import type { GrpcKeepaliveConfig } from '../../config/ReceiverConfig.ts'

// model

export interface PingPolicy {
  readonly minMillis: number
  readonly permitWithoutStream: boolean
}

/** The part of an HTTP/2 session that the policy needs. */
export interface PingSession {
  readonly on: (event: 'ping' | 'stream', listener: (value: PingStream) => void) => unknown
  readonly goaway: (code: number, lastStreamId: number, data: Uint8Array) => void
  readonly destroy: () => void
}

interface PingStream {
  readonly on: (event: 'close', listener: () => void) => unknown
}

/** Pings beyond the permitted rate before the connection ends. */
const MAX_STRIKES = 2

/** Between pings without a call, if they are not permitted. */
const MIN_IDLE_MILLIS = 2 * 60 * 60 * 1_000

const REASON: Uint8Array = Buffer.from('too_many_pings')

// constructors

/** `undefined` permits every ping. */
export const ofConfig = ({
  enforcementMinMillis,
  permitWithoutStream,
}: GrpcKeepaliveConfig): PingPolicy | undefined =>
  enforcementMinMillis === undefined
    ? undefined
    : { minMillis: enforcementMinMillis, permitWithoutStream }

// running

export const enforce = (
  { minMillis, permitWithoutStream }: PingPolicy,
  session: PingSession,
  now: () => number = () => performance.now(),
): void => {
  let calls = 0
  let strikes = 0
  let lastMillis = Number.NEGATIVE_INFINITY
  session.on('stream', (stream) => {
    calls++
    stream.on('close', () => {
      calls--
      // An answer was sent: clients measure their bandwidth with a ping then.
      strikes = 0
      lastMillis = Number.NEGATIVE_INFINITY
    })
  })
  session.on('ping', () => {
    const millis = now()
    const permitted = calls > 0 || permitWithoutStream ? minMillis : MIN_IDLE_MILLIS
    if (millis - lastMillis < permitted) strikes++
    lastMillis = millis
    if (strikes <= MAX_STRIKES) return
    session.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM, 0, REASON)
    session.destroy()
  })
}
