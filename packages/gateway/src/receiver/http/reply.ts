/**
 * Writes the answer to a request. A refused request may have a body that nobody reads: a short one is discarded, so that the
 * connection can be used again. Of a long one, the rest is discarded for a short time before the connection ends: a client that is
 * still sending would otherwise see a broken connection in place of the answer.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { HeaderList } from './Cors.ts'

// model

export interface HttpReply {
  readonly status: number
  readonly headers: HeaderList
  readonly body: Uint8Array
}

/** A longer body is not worth a connection. */
const MAX_DISCARDED_BYTES = 1024 * 1024

const LINGER_MILLIS = 2_000

/** More than what a client has in its buffers. */
const LINGER_BYTES = 16 * 1024 * 1024

// running

export const reply = (
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: HttpReply,
): void => {
  if (response.headersSent || response.destroyed) return
  for (const [name, value] of headers) response.setHeader(name, value)
  response.setHeader('Content-Length', body.length)
  response.statusCode = status
  if (request.complete || isShort(request)) {
    response.end(body)
    request.resume()
    return
  }
  response.setHeader('Connection', 'close')
  response.write(body)
  linger(request, response)
}

const isShort = ({ headers }: IncomingMessage): boolean => {
  if (headers['transfer-encoding'] !== undefined) return false
  return (
    Number(headers['content-length'] ?? 0) <= MAX_DISCARDED_BYTES && headers.expect === undefined
  )
}

/** The client has the whole answer already, since it has a length. */
const linger = (request: IncomingMessage, response: ServerResponse): void => {
  let bytes = 0
  const end = (): void => {
    clearTimeout(timer)
    response.end()
  }
  const timer = setTimeout(end, LINGER_MILLIS)
  timer.unref()
  request
    .on('data', (chunk: Uint8Array) => {
      bytes += chunk.length
      if (bytes > LINGER_BYTES) end()
    })
    .on('end', end)
    .on('close', end)
    .resume()
}
