/** The answer to bytes that Node refuses to read as a request, or that did not arrive in time. */
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { RefusedReason } from '../Observe.ts'
import * as Outcome from '../Outcome.ts'
import * as RpcStatus from '../status/RpcStatus.ts'

// model

export interface InvalidRequest {
  readonly status: number
  readonly reason: RefusedReason
  readonly message: string
}

const invalid: InvalidRequest = {
  status: 400,
  reason: 'malformed',
  message: 'the bytes are no valid HTTP request',
}

/** By the code of the error of Node. Source: nodejs.org/api/http.html, "Event: 'clientError'". */
const byCode: ReadonlyMap<string, InvalidRequest> = new Map([
  [
    'ERR_HTTP_REQUEST_TIMEOUT',
    { status: 408, reason: 'timeout', message: 'the request did not arrive in time' },
  ],
  [
    'HPE_HEADER_OVERFLOW',
    { status: 431, reason: 'malformed', message: 'the headers of the request are too long' },
  ],
  [
    'HPE_CHUNK_EXTENSIONS_OVERFLOW',
    { status: 413, reason: 'malformed', message: 'the extensions of a chunk are too long' },
  ],
])

// constructors

export const ofError = (code: string | undefined): InvalidRequest =>
  byCode.get(code ?? '') ?? invalid

// running

/** Writes the answer and ends the connection. */
export const end = (socket: Duplex, { status, reason, message }: InvalidRequest): void => {
  const { code } = Outcome.rpcStatus(Outcome.refused(reason, message))
  const body = RpcStatus.encode({ code, message }, 'json')
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ]
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]), () => {
    socket.destroy()
  })
}
