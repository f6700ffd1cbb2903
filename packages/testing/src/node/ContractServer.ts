/**
 * The server's half of the contract of every `Http`. It listens on 127.0.0.1, opens a port for each run, treats a request there by
 * the start of its path, and answers on its control channel what it received.
 *
 * @example
 * ```ts
 * import * as ContractServer from '@sentry-exporter/testing/ContractServer'
 *
 * const server = await ContractServer.open()
 * const { control } = server.address
 * const { origin } = await (await fetch(`${control}/open`)).json()
 * await fetch(`${origin}/answers/api/1/envelope/`, { method: 'POST', body: '{}' })
 * const { received } = await (await fetch(`${control}/requests?origin=${origin}`)).json()
 * console.log(received.length, received[0].path, atob(received[0].body)) // 1 /api/1/envelope/ {}
 * await server.close()
 * ```
 */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createSecure } from 'node:https'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import {
  type Behaviour,
  behaviours,
  type ContractAddress,
  type ContractRequest,
  MAX_RUNS,
  type OpenedRun,
  type RunRequests,
} from '../contract/Behaviour.ts'
import { behave } from './behave.ts'

// model

export interface ContractServer {
  readonly address: ContractAddress
  /** Ends its connections. */
  readonly close: () => Promise<void>
}

/** A key and its certificate, in PEM. Nobody trusts a self-signed one. */
export interface UntrustedCertificate {
  readonly key: string
  readonly cert: string
}

interface Run extends Listening {
  readonly requests: () => RunRequests
}

interface Listening {
  readonly origin: string
  /** Ends its connections. */
  readonly close: () => Promise<void>
}

/** As Sentry permits pages of every origin. Source: `relay-server/src/middlewares/cors.rs` of getsentry/relay. */
const CROSS_ORIGIN = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'x-sentry-auth, content-type, content-encoding',
  'access-control-expose-headers': 'x-sentry-error, x-sentry-rate-limits, retry-after',
  'cache-control': 'no-store',
} as const

// constructors

/** With `certificate` it has the cases of TLS too. */
export const open = async (certificate?: UntrustedCertificate): Promise<ContractServer> => {
  const runs = new Map<string, Run>()
  const control = await listen(createServer(controlListener(runs)))
  const secure =
    certificate === undefined
      ? undefined
      : await listen(
          createSecure(certificate, (_request, response) => response.end('{}')),
          'https',
        )
  return {
    address: {
      control: control.origin,
      ...(secure === undefined ? {} : { secure: secure.origin }),
    },
    close: async () => {
      await Promise.all([control, secure, ...runs.values()].map((one) => one?.close()))
    },
  }
}

const listen = async (server: Server, protocol = 'http'): Promise<Listening> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { origin: `${protocol}://127.0.0.1:${port}`, close }
}

// running

const openRun = async (): Promise<Run> => {
  const received: Array<ContractRequest> = []
  let preflights = 0
  const connectionOf = numbers()
  const server = createServer(async (request, response) => {
    for (const [name, value] of Object.entries(CROSS_ORIGIN)) response.setHeader(name, value)
    const [, behaviour, ...rest] = (request.url ?? '').split('/')
    if (!isBehaviour(behaviour)) return void response.writeHead(404).end()
    if (request.method === 'OPTIONS') {
      preflights++
      return void response.writeHead(204).end()
    }
    const body = await bodyOf(request).catch(() => undefined)
    // The client aborted it before its end. No case waits for such a request.
    if (body === undefined) return
    const index = received.length
    const one: ContractRequest = {
      behaviour,
      method: request.method ?? '',
      path: `/${rest.join('/')}`,
      headers: headersOf(request),
      body: body.toString('base64'),
      connection: connectionOf(request.socket),
      isAborted: false,
    }
    received.push(one)
    response.on('close', () => {
      received[index] = { ...one, isAborted: !response.writableFinished }
    })
    behave(behaviour, response)
  })
  return { ...(await listen(server)), requests: () => ({ received, preflights }) }
}

/** Numbers objects by their first use. */
const numbers = (): ((one: object) => number) => {
  const known = new WeakMap<object, number>()
  let last = 0
  return (one) => {
    const number = known.get(one) ?? ++last
    known.set(one, number)
    return number
  }
}

const isBehaviour = (name: string | undefined): name is Behaviour =>
  behaviours.some((known) => known === name)

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
}

const headersOf = ({ headers }: IncomingMessage): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

const controlListener =
  (runs: Map<string, Run>): RequestListener =>
  async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://control')
    const answer =
      pathname === '/open'
        ? await openInto(runs)
        : pathname === '/requests'
          ? runs.get(searchParams.get('origin') ?? '')?.requests()
          : undefined
    response.writeHead(answer === undefined ? 404 : 200, CROSS_ORIGIN)
    response.end(JSON.stringify(answer ?? {}))
  }

const openInto = async (runs: Map<string, Run>): Promise<OpenedRun> => {
  const run = await openRun()
  runs.set(run.origin, run)
  for (const [origin, { close }] of runs) {
    if (runs.size <= MAX_RUNS) break
    runs.delete(origin)
    await close()
  }
  const refusing = await listen(createServer())
  await refusing.close()
  return { origin: run.origin, refusing: refusing.origin }
}
