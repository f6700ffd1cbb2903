/** Senders of the campaign `reload`: over HTTPS on kept and on new connections, and over gRPC with TLS. */
import { type ClientHttp2Session, connect } from 'node:http2'
import { Agent, request } from 'node:https'
import { gunzipSync } from 'node:zlib'
import * as TraceTemplate from '../load/TraceTemplate.ts'

// model

export interface SenderPlan {
  readonly httpPort: number
  readonly grpcPort: number
  readonly tokens: ReadonlyArray<string>
  /** Of each protocol. */
  readonly senders: number
  readonly isOver: () => boolean
}

export interface SentReport {
  spans: number
  requests: number
  connections: number
  /** The answers and errors other than 200. */
  readonly refused: Array<string>
  readonly millis: Array<number>
}

/** Every so many requests on a new connection, so that handshakes fall between the parts of a reload. */
const REQUESTS_OF_CONNECTION = 3

/** Between the requests of a sender: a full queue would refuse requests whatever the configuration is. */
const PAUSE_MILLIS = 200

const BYTES_BEFORE_MESSAGE = 5

// running

/** Sends until `isOver`. Nothing is sent again: each request must be taken. */
export const sendAll = async (plan: SenderPlan): Promise<SentReport> => {
  const templates = TraceTemplate.make(Date.now())
  const report: SentReport = { spans: 0, requests: 0, connections: 0, refused: [], millis: [] }
  let number = 0
  const next = (): { readonly body: Buffer; readonly spans: number } => {
    const template = templates[number % templates.length]
    if (template === undefined) throw new Error('no template')
    return { body: TraceTemplate.body(template, number++), spans: template.spans }
  }
  const work = async (open: () => Post): Promise<void> => {
    for (let n = 0; !plan.isOver(); ) {
      const post = open()
      report.connections++
      for (const end = n + REQUESTS_OF_CONNECTION; n < end && !plan.isOver(); n++) {
        const { body, spans } = next()
        const token = plan.tokens[n % plan.tokens.length] ?? ''
        const before = performance.now()
        const answer = await post.send(body, token)
        report.millis.push(performance.now() - before)
        report.requests++
        if (answer === 'taken') report.spans += spans
        else report.refused.push(answer)
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS))
      }
      post.close()
    }
  }
  await Promise.all(
    Array.from({ length: plan.senders }, () => [
      work(() => overHttps(plan.httpPort)),
      work(() => overGrpc(plan.grpcPort)),
    ]).flat(),
  )
  return report
}

/** A connection. `send` gives `taken`, or the reason why it was not. */
interface Post {
  readonly send: (body: Buffer, token: string) => Promise<string>
  readonly close: () => void
}

const overHttps = (port: number): Post => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false })
  return {
    close: () => agent.destroy(),
    send: (body, token) =>
      new Promise((resolve) => {
        const sending = request(
          {
            agent,
            host: '127.0.0.1',
            port,
            path: '/v1/traces',
            method: 'POST',
            headers: {
              'content-type': 'application/x-protobuf',
              'content-encoding': 'gzip',
              'content-length': body.length,
              authorization: `Bearer ${token}`,
            },
          },
          (response) => {
            const { statusCode } = response
            response.resume()
            response.on('end', () => resolve(statusCode === 200 ? 'taken' : `http ${statusCode}`))
          },
        )
        sending.on('error', (error) => resolve(`http ${error.message}`))
        sending.end(body)
      }),
  }
}

const overGrpc = (port: number): Post => {
  const session = connect(`https://127.0.0.1:${port}`, { rejectUnauthorized: false })
  session.on('error', () => undefined)
  return { close: () => session.close(), send: (body, token) => call(session, body, token) }
}

const call = (session: ClientHttp2Session, body: Buffer, token: string): Promise<string> =>
  new Promise((resolve) => {
    const message = gunzipSync(body)
    const head = Buffer.alloc(BYTES_BEFORE_MESSAGE)
    head.writeUInt32BE(message.length, 1)
    const stream = session.request({
      ':method': 'POST',
      ':path': '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
      'content-type': 'application/grpc',
      te: 'trailers',
      authorization: `Bearer ${token}`,
    })
    let status: unknown
    stream.on('response', (headers) => {
      status = headers['grpc-status'] ?? status
    })
    stream.on('trailers', (trailers) => {
      status = trailers['grpc-status'] ?? status
    })
    stream.on('error', (error) => resolve(`grpc ${error.message}`))
    stream.on('close', () => resolve(status === '0' ? 'taken' : `grpc ${String(status)}`))
    stream.resume()
    stream.end(Buffer.concat([head, message]))
  })
