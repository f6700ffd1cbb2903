/** Sends many envelopes through one mix of faults, and holds what became of them against the books of the server. */
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

export interface Report {
  readonly mix: string
  readonly envelopes: number
  readonly requests: number
  /** Events that the server has, each once. */
  readonly taken: number
  readonly repeated: number
  readonly retries: number
  /** Envelopes that were not delivered, by reason. */
  readonly lost: Readonly<Record<string, number>>
  readonly errorsUnderLimits: number
  /** What does not hold; nothing, if all is well. */
  readonly complaints: ReadonlyArray<string>
}

export interface Options {
  readonly mix: FaultProfile.FaultProfile
  readonly envelopes: number
  readonly seed: number
}

// running

export const runFaults = async ({ mix, envelopes, seed }: Options): Promise<Report> => {
  const dice = Random.of(seed)
  const world = await FaultEnvironment.of(mix, dice)
  const { clock, http, ledger, timeoutMillis } = world
  const dsn = Dsn.parse(`${world.origin.replace('://', '://key@')}/1`)
  if (E.isLeft(dsn)) throw new Error('a bad DSN')
  const delivery = Delivery.make({
    http,
    clock,
    client: 'workspace/1',
    dsn: dsn.right,
    options: {
      ...Delivery.defaults,
      ...planOf(mix),
      timeoutMillis,
      maxItems: mix.maxItems ?? envelopes,
    },
  })
  const lost = new Map<string, ReadonlyArray<Sealed.Sealed>>()
  const complaints: Array<string> = []
  let settled = 0
  let retries = 0
  const all: Array<Promise<void>> = []
  for (let i = 0; i < envelopes; i++) {
    const sealed = envelopeOf(dsn.right, i, dice)
    const sending = delivery
      .transport(sealed)()
      .then((sent) => {
        settled++
        retries += E.isLeft(sent) ? TransportError.retriesOf(sent.left) : (sent.right.retries ?? 0)
        if (E.isLeft(sent)) {
          const reason = TransportError.discardReason(sent.left) ?? 'rate_limited'
          lost.set(reason, [...(lost.get(reason) ?? []), sealed])
        } else if (!ledger.taken.has(String(sealed.eventId))) {
          complaints.push(`${sealed.eventId} was called delivered, and the server has none`)
        }
      })
    all.push(sending)
    await world.pass(dice() * 2 * EVERY_MILLIS)
  }
  await world.pass(TAIL_MILLIS)
  if (mix.isReal === true) await Promise.all(all)
  await settleReport(world, delivery)
  delivery.stop()
  await http.close?.()
  delivery.cut()
  await world.close()

  const counted = [...lost.values()].flat()
  const isAccounted = new Set([...ledger.taken, ...counted.map(({ eventId }) => String(eventId))])
  const { counts } = ledger
  const say = (isBad: boolean, complaint: string): void => {
    if (isBad) complaints.push(complaint)
  }
  say(settled !== envelopes, `${envelopes - settled} of ${envelopes} never settled`)
  say(
    isAccounted.size !== envelopes,
    `${envelopes - isAccounted.size} neither delivered nor counted`,
  )
  say(delivery.load().items !== 0, 'something still waits')
  say(counts.tooEarly !== 0, `${counts.tooEarly} requests while they were limited`)
  say(counts.unreadable !== 0, `${counts.unreadable} requests that are no envelope`)
  const isHeldBack = mix.shares.some(
    ([fault]) => 'limit' in fault && fault.limit?.categories.some((one) => HOLDING.has(one)),
  )
  const isJudged = isHeldBack && mix.isReal !== true && envelopes >= 100
  say(
    isJudged && counts.errorsUnderLimits === 0,
    'no error came through while transactions were limited',
  )
  if (mix.isReal !== true) complaints.push(...tellingComplaints(lost, ledger, mix.isAmbiguous))
  return {
    mix: mix.name,
    envelopes,
    requests: counts.requests,
    taken: ledger.taken.size,
    repeated: counts.repeated,
    retries,
    lost: Object.fromEntries(
      [...lost].map(([reason, those]) => [reason, those.length] as const).sort(),
    ),
    errorsUnderLimits: counts.errorsUnderLimits,
    complaints,
  }
}

/** What limits on these hold back is transactions. */
const HOLDING: ReadonlySet<string> = new Set(['transaction', 'span'])

/** An envelope every tenth of a second, about. */
const EVERY_MILLIS = 100

/** Longer than any retry and any limit. */
const TAIL_MILLIS = 600_000

/** What the server refuses to hear at once, it is told later. */
const settleReport = async (
  world: FaultEnvironment.FaultEnvironment,
  delivery: Delivery.Delivery,
): Promise<void> => {
  for (let i = 0; i < 8; i++) {
    const reporting = delivery.report()
    await world.pass(TAIL_MILLIS)
    await reporting
  }
}

/**
 * What was lost was told to the server, but for what it counted itself; if it hears anything at all. Each once: more often
 * only where the client could not hear that it was taken.
 */
const tellingComplaints = (
  lost: ReadonlyMap<string, ReadonlyArray<Sealed.Sealed>>,
  { told, taken }: Ledger.Ledger,
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
  return [...new Set([...expected.keys(), ...told.keys()])]
    .filter((key) => {
      const surplus = (told.get(key) ?? 0) - (expected.get(key) ?? 0)
      return isAmbiguous ? surplus < 0 : surplus !== 0
    })
    .map((key) => `${key}: ${expected.get(key) ?? 0} lost, ${told.get(key) ?? 0} told`)
}

const envelopeOf = (dsn: Dsn.Dsn, index: number, dice: Random.Random): Sealed.Sealed => {
  const category: Category = dice() < 0.2 ? 'error' : 'transaction'
  const id = index.toString(16).padStart(32, '0')
  const item = Item.json(category === 'error' ? 'event' : 'transaction', {
    id,
    size: 'x'.repeat(dice() * 300),
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
