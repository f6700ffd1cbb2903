/** Everything that hostile senders do to a receiver, while a good one is served. */
import * as Random from '../../Random.ts'
import * as attacks from './attacks.ts'
import { grpcCalls } from './grpcCalls.ts'
import { mutatedRequest } from './mutatedRequest.ts'
import * as Probe from './probe.ts'
import { exchange, type RawAnswer } from './rawHttp.ts'
import type { Target } from './Target.ts'

// model

export interface FuzzSize {
  readonly seed: number
  readonly requests: number
  readonly calls: number
  readonly bombBytes: number
  readonly idleConnections: number
  readonly slowConnections: number
  readonly halfClosedConnections: number
  readonly wrongTokens: number
}

export interface FuzzReport extends FuzzSize {
  /** The number of answers by status; `none` is a connection that ended without one. */
  readonly statuses: Readonly<Record<string, number>>
  readonly grpcStatuses: Readonly<Record<string, number>>
  /** Valid requests meanwhile, all of them taken. */
  readonly served: number
  readonly longestMillis: number
  readonly residentMegabytes: number
}

const CONNECTIONS = 32

/** The statuses that an answer may have. 500 and above are failures of the receiver, 503 would be one of memory. */
const EXPECTED = new Set([200, 204, 400, 401, 404, 405, 408, 413, 415, 417, 431])

// running

/** Throws if anything does not hold. */
export const runReceiverFuzz = async (target: Target, size: FuzzSize): Promise<FuzzReport> => {
  const probe = Probe.start(target.httpPort)
  const endIdle = await attacks.holdIdle(target.httpPort, size.idleConnections)
  const slow = attacks.slowSenders(target.httpPort, size.slowConnections)
  await attackOnce(target.httpPort, size)
  const [statuses, grpcStatuses] = await Promise.all([
    mutatedRequests(target.httpPort, size),
    grpcCalls(target.grpcPort, size.calls, Random.of(size.seed + 1)),
  ])
  expect(await slow, size.slowConnections, 'slow connections that were ended')
  const open = endIdle()
  if (open < size.idleConnections / 2) throw new Error(`${open} idle connections were kept`)
  const { requests: served, longestMillis } = await probe.end()
  const residentMegabytes = Math.round((await target.residentBytes()) / 1024 / 1024)
  return { ...size, statuses, grpcStatuses, served, longestMillis, residentMegabytes }
}

const expect = (actual: unknown, expected: unknown, name: string): void => {
  if (actual !== expected) throw new Error(`${name}: expected ${expected}, got ${actual}`)
}

const attackOnce = async (port: number, size: FuzzSize): Promise<void> => {
  const { bombBytes, halfClosedConnections, wrongTokens } = size
  expect((await attacks.gzipBomb(port, bombBytes)).status, 413, 'repeated members of gzip')
  expect((await attacks.zstdBomb(port, bombBytes)).status, 413, 'repeated blocks of zstd')
  const endless = await attacks.endlessGzip(port)
  // A busy machine may send so slowly that the limit of time comes before that of size.
  if (endless.status !== 408) expect(endless.status, 413, 'members of gzip without end')
  const statuses = await attacks.halfClosed(port, halfClosedConnections)
  expect(statuses.at(-1), 200, 'a connection that is closed on one side after its request')
  for (let i = 0; i < wrongTokens; i++) {
    expect((await attacks.wrongToken(port, i)).status, 401, 'a wrong token')
  }
}

/** Several connections at a time; each request has a generator of its own, so that the order does not matter. */
const mutatedRequests = async (
  port: number,
  { requests, seed }: FuzzSize,
): Promise<Readonly<Record<string, number>>> => {
  const statuses = new Map<string, number>()
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < requests) {
      const index = next++
      const bytes = mutatedRequest(Random.of(Math.imul(seed + index, 2_654_435_761)))
      const answer = await exchange(port, [bytes])
      check(index, answer)
      const key = String(answer.status ?? 'none')
      statuses.set(key, (statuses.get(key) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, worker))
  return Object.fromEntries([...statuses].sort(([one], [other]) => one.localeCompare(other)))
}

const check = (index: number, { status, text }: RawAnswer): void => {
  if (status !== undefined && !EXPECTED.has(status)) {
    throw new Error(`request ${index} is answered with ${text.slice(0, 300)}`)
  }
}
