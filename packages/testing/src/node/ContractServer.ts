/**
 * The server's half of the contract of every `Http`. It listens on 127.0.0.1, treats a request by the start of its path, and
 * answers on a second port what it received.
 *
 * @example
 * ```ts
 * import * as ContractServer from '@sentry-exporter/testing/ContractServer'
 *
 * const server = await ContractServer.open()
 * const { origin, control } = server.address
 * const { run } = await (await fetch(`${control}/open`)).json()
 * await fetch(`${origin}/answers/${run}/api/1/envelope/`, { method: 'POST', body: '{}' })
 * const { received } = await (await fetch(`${control}/requests?run=${run}`)).json()
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

interface Run {
  readonly received: Array<ContractRequest>
  preflights: number
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
  const origin = await listen(createServer(contractListener(runs)))
  const control = await listen(createServer(controlListener(runs)))
  const secure =
    certificate === undefined
      ? undefined
      : await listen(createSecure(certificate, (_request, response) => response.end('{}')))
  const servers = [origin, control, ...(secure === undefined ? [] : [secure])]
  return {
    address: {
      origin: `http://127.0.0.1:${origin.port}`,
      control: `http://127.0.0.1:${control.port}`,
      ...(secure === undefined ? {} : { secure: `https://127.0.0.1:${secure.port}` }),
    },
    close: async () => {
      await Promise.all(servers.map(({ close }) => close()))
    },
  }
}

interface Listening {
  readonly port: number
  readonly close: () => Promise<void>
}

const listen = async (server: Server): Promise<Listening> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { port, close }
}

// running

const contractListener = (runs: ReadonlyMap<string, Run>): RequestListener => {
  const connections = new WeakMap<object, number>()
  let lastConnection = 0
  const connectionOf = (socket: object): number => {
    const known = connections.get(socket) ?? ++lastConnection
    connections.set(socket, known)
    return known
  }
  return async (request, response) => {
    for (const [name, value] of Object.entries(CROSS_ORIGIN)) response.setHeader(name, value)
    const [, behaviour, id = '', ...rest] = (request.url ?? '').split('/')
    const run = runs.get(id)
    if (run === undefined || !isBehaviour(behaviour)) return void response.writeHead(404).end()
    if (request.method === 'OPTIONS') {
      run.preflights++
      return void response.writeHead(204).end()
    }
    const body = await bodyOf(request).catch(() => undefined)
    // The client aborted it before its end. No case waits for such a request.
    if (body === undefined) return
    const index = run.received.length
    const one: ContractRequest = {
      method: request.method ?? '',
      path: `/${rest.join('/')}`,
      headers: headersOf(request),
      body: body.toString('base64'),
      connection: connectionOf(request.socket),
      isAborted: false,
    }
    run.received.push(one)
    response.on('close', () => {
      run.received[index] = { ...one, isAborted: !response.writableFinished }
    })
    behave(behaviour, response)
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
        ? await openRun(runs)
        : pathname === '/requests'
          ? requestsOf(runs.get(searchParams.get('run') ?? ''))
          : undefined
    response.writeHead(answer === undefined ? 404 : 200, CROSS_ORIGIN)
    response.end(JSON.stringify(answer ?? {}))
  }

const openRun = async (runs: Map<string, Run>): Promise<OpenedRun> => {
  const [oldest] = runs.keys()
  if (oldest !== undefined && runs.size >= MAX_RUNS) runs.delete(oldest)
  const run = String(Number([...runs.keys()].at(-1) ?? 0) + 1)
  runs.set(run, { received: [], preflights: 0 })
  const refusing = await listen(createServer())
  await refusing.close()
  return { run, refusing: `http://127.0.0.1:${refusing.port}` }
}

const requestsOf = (run: Run | undefined): RunRequests | undefined =>
  run === undefined ? undefined : { received: run.received, preflights: run.preflights }
