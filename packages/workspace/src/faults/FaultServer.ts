/**
 * A server on 127.0.0.1 with a given fault for each request. Closing it ends its connections; after a time it closes by itself.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { PROCESS_LIMIT_MILLIS } from '../runner/limit.ts'
import { selfSigned } from '../tls/selfSigned.ts'
import * as Fault from './Fault.ts'

// model

export interface Options {
  /** The fault of the next request. */
  readonly next: () => Fault.Fault
  /** Called with a whole body before the answer. Its result is called when the answer leaves. */
  readonly onBody?: (body: Uint8Array, fault: Fault.Fault) => () => void
  /** Whether it uses TLS, with an untrusted certificate. */
  readonly isSecure?: boolean
  /** After this many milliseconds it ends whatever happens. */
  readonly limitMillis?: number
}

export interface FaultServer {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string
  readonly close: () => Promise<void>
}

// constructors

export const open = async (options: Options): Promise<FaultServer> => {
  const { isSecure = false, limitMillis = PROCESS_LIMIT_MILLIS } = options
  const sockets = new Set<Socket>()
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    behave(options, request, response).catch(() => request.socket.destroy())
  }
  const server = isSecure ? createSecure(selfSigned(), answer) : createServer(answer)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    clearTimeout(timer)
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  const timer = setTimeout(() => void close(), limitMillis)
  timer.unref()
  return { origin: `${isSecure ? 'https' : 'http'}://127.0.0.1:${port}`, close }
}

const behave = async (
  { next, onBody }: Options,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const fault = next()
  const { socket } = request
  if (fault._tag === 'Refuse') return void socket.resetAndDestroy()
  const body = await bodyOf(request)
  const answering = onBody?.(body, fault)
  const head = (status: number, length: number): void => {
    answering?.()
    response.writeHead(status, { ...Fault.headersOf(fault), 'content-length': String(length) })
  }
  switch (fault._tag) {
    case 'Reset':
      return void socket.resetAndDestroy()
    case 'NoAnswer':
      return
    case 'Garbage':
      return void socket.end('\u0000\u0001 no HTTP\r\n\r\n')
    case 'Drip': {
      head(200, 1_000)
      const drop = setInterval(() => response.write('x'), 50)
      socket.on('close', () => clearInterval(drop))
      return
    }
    case 'WrongLength':
      head(200, 1_000)
      response.write('{}')
      return void setImmediate(() => socket.destroy())
    case 'Take':
    case 'WrongCertificate':
      head(200, 2)
      return void response.end('{}')
    case 'Status':
      head(fault.status, 2)
      return void response.end('{}')
  }
}

const bodyOf = async (request: IncomingMessage): Promise<Uint8Array> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
}
