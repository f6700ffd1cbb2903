/**
 * The record of a server: it reads the bytes of requests and is independent of the client. It lists the accepted events, the
 * losses that clients reported, and counts the requests that should not have been sent.
 */
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as E from '#fp-ts/Either'
import * as Fault from './Fault.ts'

// model

export interface Ledger {
  /** Called when a request begins. Its result is called when the answer leaves. */
  readonly receive: (body: Uint8Array, fault: Fault.Fault, nowMillis: number) => Answering
  /** Ids of the accepted events, each once. */
  readonly taken: ReadonlySet<string>
  /** Quantities by `reason category`, as clients reported them. */
  readonly reported: ReadonlyMap<string, number>
  readonly counts: Readonly<Counts>
}

type Answering = (nowMillis: number) => void

interface Counts {
  requests: number
  /** Events that were accepted again. */
  repeated: number
  /** Requests with something that was limited when they began. */
  tooEarly: number
  /** Errors that were accepted while transactions were limited. */
  errorsUnderLimits: number
  unreadable: number
}

// constructors

/** `graceMillis` is the travel time of an answer: a request that leaves before its arrival does not count as too early. */
export const make = (graceMillis = 0): Ledger => {
  const taken = new Set<string>()
  const reported = new Map<string, number>()
  const counts: Counts = {
    requests: 0,
    repeated: 0,
    tooEarly: 0,
    errorsUnderLimits: 0,
    unreadable: 0,
  }
  let limits: ReadonlyArray<Announced> = []
  const isLimited = (category: string, nowMillis: number): boolean =>
    limits.some(
      ({ categories, from, until }) =>
        from <= nowMillis &&
        until > nowMillis &&
        (categories.length === 0 ||
          categories.includes(category) ||
          (category === 'transaction' && categories.includes('span'))),
    )
  const keep = (envelope: Envelope.Envelope, nowMillis: number): void => {
    const id = envelope.header.event_id
    if (id !== undefined) {
      if (taken.has(id)) counts.repeated++
      taken.add(id)
    }
    for (const { header, payload } of envelope.items) {
      if (header.type === 'event' && isLimited('transaction', nowMillis)) counts.errorsUnderLimits++
      if (header.type !== 'client_report') continue
      for (const { reason, category, quantity } of JSON.parse(Utf8.decode(payload))
        .discarded_events) {
        const key = `${reason} ${category}`
        reported.set(key, (reported.get(key) ?? 0) + quantity)
      }
    }
  }
  return {
    receive: (body, fault, nowMillis) => {
      counts.requests++
      const envelope = Envelope.decode(body)
      if (E.isLeft(envelope)) counts.unreadable++
      else {
        const category = categoryOf(envelope.right)
        if (isLimited(category, nowMillis)) counts.tooEarly++
        if (Fault.isTaken(fault)) keep(envelope.right, nowMillis)
      }
      return (answeredMillis) => {
        const limit = Fault.limitOf(fault)
        if (limit === undefined) return
        const until = answeredMillis + limit.seconds * 1000
        limits = [
          ...limits.filter((one) => one.until > answeredMillis),
          { ...limit, from: answeredMillis + graceMillis, until },
        ]
      }
    },
    taken,
    reported,
    counts,
  }
}

interface Announced extends Fault.Limit {
  readonly from: number
  readonly until: number
}

const categoryOf = ({ items }: Envelope.Envelope): string => {
  const types = items.map(({ header }) => header.type)
  if (types.includes('transaction')) return 'transaction'
  return types.includes('event') ? 'error' : 'internal'
}
