/** Mutated calls over gRPC. */
import { type ClientHttp2Session, connect } from 'node:http2'
import type { Random } from '../../Random.ts'
import { TOKEN } from './Target.ts'

// model

const ENCODINGS = ['identity', 'gzip', 'deflate', 'zstd', 'snappy', 'lz4', 'br', ''] as const

const PATHS = [
  '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
  '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
  '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
  '/unknown/Method',
] as const

/** The statuses that calls may have; `none` if the call ended without one. */
const EXPECTED = new Set(['0', '1', '3', '4', '8', '12', '13', '16', '415', 'none'])

// running

/** Makes calls one after the other. Gives the number of each status. Throws for an unexpected one. */
export const grpcCalls = async (
  port: number,
  count: number,
  random: Random,
): Promise<Readonly<Record<string, number>>> => {
  const statuses: Record<string, number> = {}
  let session = open(port)
  for (let i = 0; i < count; i++) {
    if (session.closed || session.destroyed) session = open(port)
    const status = await callOn(session, random)
    if (!EXPECTED.has(status)) throw new Error(`call ${i} over gRPC has the status ${status}`)
    statuses[status] = (statuses[status] ?? 0) + 1
  }
  session.destroy()
  return statuses
}

const open = (port: number): ClientHttp2Session => {
  const session = connect(`http://127.0.0.1:${port}`)
  session.on('error', () => undefined)
  return session
}

const callOn = (session: ClientHttp2Session, random: Random): Promise<string> =>
  new Promise((resolve) => {
    const encoding = ENCODINGS[Math.floor(random() * ENCODINGS.length)] ?? ''
    const stream = session.request({
      ':method': 'POST',
      ':path': PATHS[Math.floor(random() * random() * PATHS.length)] ?? PATHS[0],
      'content-type': random() < 0.95 ? 'application/grpc' : 'application/json',
      authorization: random() < 0.95 ? `Bearer ${TOKEN}` : 'Bearer wrong',
      ...(encoding === '' ? {} : { 'grpc-encoding': encoding }),
      ...(random() < 0.05 ? { 'grpc-timeout': `${Math.floor(random() * 10)}m` } : {}),
    })
    let status: string | undefined
    const read = (headers: Readonly<Record<string, unknown>>): void => {
      const found = headers['grpc-status'] ?? (headers[':status'] === 415 ? 415 : undefined)
      if (found !== undefined) status = String(found)
    }
    stream.on('response', read)
    stream.on('trailers', read)
    stream.on('error', () => undefined)
    stream.on('close', () => resolve(status ?? 'none'))
    stream.resume()
    stream.end(mutatedMessage(random))
  })

/** A length that is often right, and bytes. */
const mutatedMessage = (random: Random): Uint8Array => {
  const body = Buffer.from(
    random() < 0.3
      ? [0x0a, 0x04, 0x0a, 0x02, 0x0a, 0x00]
      : Array.from({ length: Math.floor(random() * 100) }, () => random() * 256),
  )
  const head = Buffer.alloc(5)
  head.writeUInt8(random() < 0.9 ? Math.floor(random() * 2) : Math.floor(random() * 256))
  head.writeUInt32BE(random() < 0.9 ? body.length : Math.floor(random() * 2 ** 32), 1)
  return Buffer.concat([head, body]).subarray(0, random() < 0.95 ? undefined : random() * 5)
}
