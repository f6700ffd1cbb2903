/**
 * What a server was sent, by its own books: it reads the bytes, and knows nothing of the client. It tells which events were
 * taken, what clients said that they lost, and which requests should not have come.
 */
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as E from '#fp-ts/Either'
import * as Fault from './Fault.ts'

// model

export interface Ledger {
  /** A request begins. Gives what is to be called when its answer leaves. */
  readonly receive: (body: Uint8Array, fault: Fault.Fault, nowMillis: number) => Answering
  /** Ids of the events that were taken, each once. */
  readonly taken: ReadonlySet<string>
  /** Quantities by `reason category`, as clients told them. */
  readonly told: ReadonlyMap<string, number>
  readonly counts: Readonly<Counts>
}

type Answering = (nowMillis: number) => void

interface Counts {
  requests: number
  /** Events that were taken again. */
  repeated: number
  /** Requests with something that was limited when they began. */
  tooEarly: number
  /** Errors that were taken while transactions were limited. */
  errorsUnderLimits: number
  unreadable: number
}

// constructors

/** `graceMillis` is how long an answer may be on its way: a request that left before it was heard is no fault. */
export const make = (graceMillis = 0): Ledger => {
  const taken = new Set<string>()
  const told = new Map<string, number>()
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
        told.set(key, (told.get(key) ?? 0) + quantity)
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
    told,
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
