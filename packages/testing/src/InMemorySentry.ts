/**
 * A Sentry in memory, for one project. It answers requests as the server does, and reports for each item whether it is
 * kept, cut or dropped, and why. Real answers lack that: the server answers 200 and drops items later.
 *
 * It models the open-source server with its defaults. It does not scrub, sample, group or rewrite names of transactions, and does
 * not inspect users, requests, modules or containers of spans.
 *
 * @example
 * ```ts
 * import { InMemorySentry } from '@sentry-exporter/testing'
 *
 * const sentry = InMemorySentry.make()
 * const event = JSON.stringify({ timestamp: 1_700_000_000, exception: { values: [{ type: 'Error' }] } })
 * const envelope = `{"event_id":"${'a'.repeat(32)}"}\n{"type":"event"}\n${event}\n`
 * const received = sentry.receive(
 *   {
 *     url: 'https://sentry.invalid/api/42/envelope/',
 *     headers: { 'x-sentry-auth': 'Sentry sentry_key=0123456789abcdef0123456789abcdef' },
 *     body: new TextEncoder().encode(envelope),
 *   },
 *   1_700_000_000_000,
 * )
 * console.log(received.response.status, received.verdicts[0]?._tag) // 200 Kept
 * ```
 */
import * as Endpoint from '@sentry-exporter/envelope/Endpoint'
import * as Sealed from '@sentry-exporter/envelope/Sealed'
import type { Clock } from '@sentry-exporter/transport/Clock'
import type { Http } from '@sentry-exporter/transport/Http'
import * as E from '#fp-ts/Either'
import type { SentryRequest } from './inMemorySentry/Admission.ts'
import * as Admission from './inMemorySentry/Admission.ts'
import type * as Body from './inMemorySentry/Body.ts'
import type { Frame } from './inMemorySentry/Frame.ts'
import { judgeItems } from './inMemorySentry/judgeItems.ts'
import * as RateLimits from './inMemorySentry/RateLimits.ts'
import * as Sizes from './inMemorySentry/Sizes.ts'
import * as Verdict from './inMemorySentry/Verdict.ts'

// model

export type { Decompress, Decompressors } from './inMemorySentry/Body.ts'
export type { RateLimit } from './inMemorySentry/RateLimits.ts'
export type { Cut, CutReason, DropReason, Refusal, Verdict } from './inMemorySentry/Verdict.ts'
export type { SentryRequest }

export interface Response {
  readonly status: number
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Received {
  readonly response: Response
  /** One for each item; a request that was refused has one for the whole. */
  readonly verdicts: ReadonlyArray<Verdict.Verdict>
}

export interface InMemorySentry {
  /** A DSN of the project. Its host does not exist. */
  readonly dsn: string
  /** Receives a request at a time, in milliseconds since 1970, and remembers the events that it kept. */
  readonly receive: (request: SentryRequest, nowMillis: number) => Received
  /** All requests so far, oldest first. */
  readonly received: ReadonlyArray<Received>
  /** Limits categories from now on, all if none is named; every answer announces the limit until it expires. */
  readonly limit: (limit: RateLimits.RateLimit) => void
  /** The same as an `Http`, for tests of transports. */
  readonly http: (clock: Pick<Clock, 'now'>) => Http
}

export interface Options extends Partial<Admission.Project> {
  readonly sizes?: Partial<Sizes.Sizes>
  /**
   * The content encodings that it accepts, none by default. The entry `@sentry-exporter/testing/decompressors` has those of
   * the server, for Node.
   */
  readonly decompressors?: Body.Decompressors
}

/** An event with the id of an earlier one counts as the same event for this long. */
const HOUR_MILLIS = 60 * 60 * 1000

// constructors

export const make = ({
  publicKey = '0123456789abcdef0123456789abcdef',
  projectId = '42',
  sizes: changed = {},
  decompressors = new Map(),
}: Options = {}): InMemorySentry => {
  const sizes = { ...Sizes.relay, ...changed }
  const admit = Admission.admit({ project: { publicKey, projectId }, sizes, decompressors })
  const received: Array<Received> = []
  const keptAt = new Map<string, number>()
  let limits: ReadonlyArray<RateLimits.RateLimit> = []

  const receive = (request: SentryRequest, nowMillis: number): Received => {
    limits = limits.filter(({ untilMillis }) => untilMillis > nowMillis)
    const headers = RateLimits.toHeaders(limits, nowMillis)
    const admitted = admit(request)
    if (E.isLeft(admitted)) return refuse(admitted.left, headers)
    const frame = admitted.right
    if (frame.items.length > 0 && frame.items.every(isHeldBack)) {
      return refuse('rate-limited', headers)
    }
    const knows = (eventId: string): boolean =>
      (keptAt.get(eventId) ?? Number.NEGATIVE_INFINITY) > nowMillis - HOUR_MILLIS
    const verdicts = judgeItems({ frame, nowMillis, sizes, knows, limits })
    for (const verdict of verdicts) {
      if (
        (verdict._tag === 'Kept' || verdict._tag === 'Cut') &&
        verdict.item.eventId !== undefined
      ) {
        keptAt.set(verdict.item.eventId, nowMillis)
      }
    }
    return { response: answer(200, headers, idOf(frame)), verdicts }
  }
  const isHeldBack = ({ type }: Frame['items'][number]): boolean =>
    limits.some(RateLimits.covers(RateLimits.categoriesOf(type)))
  const record = (request: SentryRequest, nowMillis: number): Received => {
    const one = receive(request, nowMillis)
    received.push(one)
    return one
  }
  return {
    dsn: `https://${publicKey}@sentry.invalid/${projectId}`,
    receive: record,
    received,
    limit: (limit) => {
      limits = [...limits, limit]
    },
    http:
      ({ now }) =>
      (request) =>
      () => {
        const { status, headers, body } = record(request, now()).response
        const header = (name: string): string | undefined => headers[name.toLowerCase()]
        return Promise.resolve(E.right({ status, header, ...(status < 400 ? {} : { text: body }) }))
      },
  }
}

const answer = (status: number, headers: Response['headers'], body: unknown): Response => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

const refuse = (reason: Verdict.Refusal, headers: Response['headers']): Received => ({
  response: answer(Admission.statusOf(reason), headers, { detail: Admission.detailOf(reason) }),
  verdicts: [{ _tag: 'Refused', reason }],
})

const idOf = ({ header }: Frame): unknown =>
  typeof header['event_id'] === 'string' ? { id: header['event_id'].replaceAll('-', '') } : {}

// running

/** Sends sealed envelopes of one project, in their order and at the same time, to a new Sentry of that project. */
export const judge =
  (nowMillis: number, sizes: Partial<Sizes.Sizes> = {}) =>
  (envelopes: ReadonlyArray<Sealed.Sealed>): ReadonlyArray<Received> => {
    const [first] = envelopes
    if (first === undefined) return []
    const { publicKey, projectId } = first.dsn
    const sentry = make({ publicKey, projectId, sizes })
    return envelopes.map((sealed) => sentry.receive(requestOf(sealed, nowMillis), nowMillis))
  }

// guards

/** Whether every item was kept as it was sent. */
export const isWhole = ({ verdicts }: Received): boolean =>
  verdicts.every(({ _tag }) => _tag === 'Kept')

// folds

/** A line for each verdict but `Kept`. */
export const problems = (all: ReadonlyArray<Received>): ReadonlyArray<string> =>
  all.flatMap(({ verdicts }) => verdicts.filter(({ _tag }) => _tag !== 'Kept').map(Verdict.show))

const requestOf = (sealed: Sealed.Sealed, nowMillis: number): SentryRequest => ({
  url: Endpoint.envelopeUrl(sealed.dsn),
  headers: {
    'content-type': 'application/x-sentry-envelope',
    'x-sentry-auth': Endpoint.authHeader(sealed.dsn, 'judge/1'),
  },
  body: Sealed.stamp(nowMillis)(sealed),
})
