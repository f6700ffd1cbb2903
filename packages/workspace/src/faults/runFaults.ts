/** Sends many envelopes through one profile of faults, and compares the results with the record of the server. */
import type { Category } from '@sentry-exporter/envelope/Category'
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import * as EventId from '@sentry-exporter/envelope/EventId'
import * as Item from '@sentry-exporter/envelope/Item'
import * as Sealed from '@sentry-exporter/envelope/Sealed'
import * as Delivery from '@sentry-exporter/transport/Delivery'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import * as E from '#fp-ts/Either'
import * as Random from '../Random.ts'
import * as FaultEnvironment from './FaultEnvironment.ts'
import type * as FaultProfile from './FaultProfile.ts'
import type * as Ledger from './Ledger.ts'

// model

export interface FaultReport {
  readonly profile: string
  readonly envelopes: number
  readonly requests: number
  /** Events that the server has, each once. */
  readonly taken: number
  readonly repeated: number
  readonly retries: number
  /** Envelopes that were not delivered, by reason. */
  readonly lost: Readonly<Record<string, number>>
  readonly errorsUnderLimits: number
  /** The checks that failed. */
  readonly problems: ReadonlyArray<string>
}

export interface Options {
  readonly profile: FaultProfile.FaultProfile
  readonly envelopes: number
  readonly seed: number
}

/** The accounts of the client and of the server at the end. */
interface Accounts {
  readonly profile: FaultProfile.FaultProfile
  readonly envelopes: number
  readonly settled: number
  readonly waiting: number
  readonly lost: Lost
  readonly ledger: Ledger.Ledger
}

type Lost = ReadonlyMap<string, ReadonlyArray<Sealed.Sealed>>

/** A limit on one of these categories holds back transactions. */
const HOLDING: ReadonlySet<string> = new Set(['transaction', 'span'])

/** The mean time between two envelopes. */
const EVERY_MILLIS = 100

/** Longer than any retry and any limit. */
const TAIL_MILLIS = 600_000

// running

export const runFaults = async ({ profile, envelopes, seed }: Options): Promise<FaultReport> => {
  const random = Random.of(seed)
  const environment = await FaultEnvironment.of(profile, random)
  const { http, ledger } = environment
  const dsn = Dsn.parse(`${environment.origin.replace('://', '://key@')}/1`)
  if (E.isLeft(dsn)) throw new Error('a bad DSN')
  const delivery = deliveryOf(environment, dsn.right, profile, envelopes)
  const lost = new Map<string, ReadonlyArray<Sealed.Sealed>>()
  const problems: Array<string> = []
  let settled = 0
  let retries = 0
  const all: Array<Promise<void>> = []
  for (let i = 0; i < envelopes; i++) {
    const sealed = envelopeOf(dsn.right, i, random)
    const sending = delivery
      .transport(sealed)()
      .then((sent) => {
        settled++
        retries += E.isLeft(sent) ? TransportError.retriesOf(sent.left) : (sent.right.retries ?? 0)
        if (E.isLeft(sent)) {
          const reason = TransportError.discardReason(sent.left) ?? 'rate_limited'
          lost.set(reason, [...(lost.get(reason) ?? []), sealed])
        } else if (!ledger.taken.has(String(sealed.eventId))) {
          problems.push(`${sealed.eventId} counts as delivered, but the server does not have it`)
        }
      })
    all.push(sending)
    await environment.pass(random() * 2 * EVERY_MILLIS)
  }
  await environment.pass(TAIL_MILLIS)
  if (profile.isReal === true) await Promise.all(all)
  await settleReport(environment, delivery)
  delivery.stop()
  await http.close?.()
  delivery.cut()
  await environment.close()
  const waiting = delivery.load().items
  return {
    profile: profile.name,
    envelopes,
    requests: ledger.counts.requests,
    taken: ledger.taken.size,
    repeated: ledger.counts.repeated,
    retries,
    lost: Object.fromEntries(
      [...lost].map(([reason, those]) => [reason, those.length] as const).sort(),
    ),
    errorsUnderLimits: ledger.counts.errorsUnderLimits,
    problems: [...problems, ...problemsOf({ profile, envelopes, settled, waiting, lost, ledger })],
  }
}

const deliveryOf = (
  { http, clock, timeoutMillis }: FaultEnvironment.FaultEnvironment,
  dsn: Dsn.Dsn,
  profile: FaultProfile.FaultProfile,
  envelopes: number,
): Delivery.Delivery =>
  Delivery.make({
    http,
    clock,
    client: 'workspace/1',
    dsn,
    options: {
      ...Delivery.defaults,
      ...planOf(profile),
      timeoutMillis,
      maxItems: profile.maxItems ?? envelopes,
    },
  })

/** Sends the reports that the server refused at first. */
const settleReport = async (
  environment: FaultEnvironment.FaultEnvironment,
  delivery: Delivery.Delivery,
): Promise<void> => {
  for (let i = 0; i < 8; i++) {
    const reporting = delivery.report()
    await environment.pass(TAIL_MILLIS)
    await reporting
  }
}

// folds

const problemsOf = (accounts: Accounts): ReadonlyArray<string> => {
  const { profile, envelopes, settled, waiting, lost, ledger } = accounts
  const { counts, taken } = ledger
  const counted = [...lost.values()].flat().map(({ eventId }) => String(eventId))
  const missing = envelopes - new Set([...taken, ...counted]).size
  const holdsBack = profile.shares.some(
    ([fault]) => 'limit' in fault && fault.limit?.categories.some((one) => HOLDING.has(one)),
  )
  const isJudged = holdsBack && profile.isReal !== true && envelopes >= 100
  const checks: ReadonlyArray<readonly [boolean, string]> = [
    [settled === envelopes, `${envelopes - settled} of ${envelopes} never settled`],
    [missing === 0, `${missing} neither delivered nor counted`],
    [waiting === 0, 'something still waits'],
    [counts.tooEarly === 0, `${counts.tooEarly} requests while they were limited`],
    [counts.unreadable === 0, `${counts.unreadable} requests that are not an envelope`],
    [
      !isJudged || counts.errorsUnderLimits > 0,
      'no error was accepted while transactions were limited',
    ],
  ]
  return [
    ...checks.filter(([holds]) => !holds).map(([, problem]) => problem),
    ...(profile.isReal === true ? [] : reportProblems(lost, ledger, profile.isAmbiguous)),
  ]
}

/**
 * The client reports each loss to the server exactly once, except the losses that the server counts itself. It may report more
 * where it could not learn that an envelope was accepted, and nothing if the server never answers.
 */
const reportProblems = (
  lost: Lost,
  { reported, taken }: Ledger.Ledger,
  isAmbiguous = false,
): ReadonlyArray<string> => {
  if (taken.size === 0) return []
  const expected = new Map<string, number>()
  for (const [reason, those] of lost) {
    if (reason === 'rate_limited') continue
    for (const [category, quantity] of those.flatMap(({ lossesIfDropped }) => lossesIfDropped)) {
      const key = `${reason} ${category}`
      expected.set(key, (expected.get(key) ?? 0) + quantity)
    }
  }
  return [...new Set([...expected.keys(), ...reported.keys()])]
    .filter((key) => {
      const surplus = (reported.get(key) ?? 0) - (expected.get(key) ?? 0)
      return isAmbiguous ? surplus < 0 : surplus !== 0
    })
    .map((key) => `${key}: ${expected.get(key) ?? 0} lost, ${reported.get(key) ?? 0} reported`)
}

const envelopeOf = (dsn: Dsn.Dsn, index: number, random: Random.Random): Sealed.Sealed => {
  const category: Category = random() < 0.2 ? 'error' : 'transaction'
  const id = index.toString(16).padStart(32, '0')
  const item = Item.json(category === 'error' ? 'event' : 'transaction', {
    id,
    size: 'x'.repeat(random() * 300),
  })
  return Sealed.seal(
    {
      dsn,
      eventId: EventId.parse(id),
      category,
      lossesIfDropped:
        category === 'error'
          ? [['error', 1]]
          : [
              ['transaction', 1],
              ['span', 4],
            ],
    },
    { header: { event_id: id }, items: [item] },
  )
}

const planOf = ({ isReal }: FaultProfile.FaultProfile): Partial<Delivery.Options> =>
  isReal === true
    ? {
        retry: {
          ...Delivery.defaults.retry,
          firstWaitMillis: 5,
          longestWaitMillis: 50,
          maxElapsedMillis: 5_000,
        },
      }
    : {}
