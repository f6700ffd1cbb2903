/** An answer of the sink. Its headers forbid browsers to guess its type, and pages to contact any other server. */
import type { ServerResponse } from 'node:http'

// model

export interface Reply {
  readonly status: number
  readonly type: string
  readonly body: string | Uint8Array
}

/** The viewer highlights code with WebAssembly, and has inline styles. `connect-src` keeps it from sending telemetry. */
const POLICY: string = [
  "default-src 'self'",
  "connect-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

// constructors

export const json = (status: number, value: unknown): Reply => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
})

export const text = (body: string): Reply => ({
  status: 200,
  type: 'text/plain; charset=utf-8',
  body,
})

/** An answer without a body. */
export const nothing: Reply = { status: 204, type: 'text/plain; charset=utf-8', body: '' }

// running

/** Sends an answer. */
export const respond = (
  response: ServerResponse,
  { status, type, body }: Reply,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, { ...headersOf(type), ...headers })
  response.end(body)
}

/** Headers of every answer. */
export const headersOf = (type: string): Readonly<Record<string, string>> => ({
  'content-type': type,
  'cache-control': 'no-store',
  'content-security-policy': POLICY,
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
})
