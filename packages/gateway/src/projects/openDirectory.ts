/** Runs the directory of an organization: makes its calls with a clock, and answers those who wait for a project. */
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import type { ProjectDirectory } from '@sentry-exporter/exporter'
import { type Exchange, Range } from '@sentry-exporter/transport'
import { type Cancel, type Clock, stopwatch } from '@sentry-exporter/transport/Clock'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import * as E from '#fp-ts/Either'
import type { Organization } from '../config/component/organization.ts'
import * as Directory from './Directory.ts'
import { dueCalls } from './dueCalls.ts'
import * as SentryApi from './SentryApi.ts'
import { takeAnswer } from './takeAnswer.ts'

// model

export interface OpenDirectory extends ProjectDirectory.ProjectDirectory {
  readonly counts: () => Directory.ProjectCounts
  /** Whether the API did not answer the last call as it should. */
  readonly isFailing: () => boolean
  /** Makes no more calls, and ends those under way. Projects that are known stay known. */
  readonly stop: () => Promise<void>
}

export interface DirectoryWiring {
  readonly organization: Organization
  readonly exchange: Exchange
  readonly clock: Clock
  /** Name and version of the client. */
  readonly client: string
  /** Whether trace headers need the key of a project: there is no default one. */
  readonly needsHead: boolean
  /** Sees each answer. It contains no secret. */
  readonly onAnswer: (call: SentryApi.ApiCall, answer: SentryApi.ApiAnswer) => void
}

type Reply = (answer: ProjectDirectory.RenewedProject) => void

/** Somebody who waits for a project; `refused` is the DSN that Sentry refused. */
interface Waiter {
  readonly slug: string
  readonly refused: Dsn.Dsn | undefined
  readonly reply: Reply
}

// running

/** Makes no call before the first one is due. */
export const openDirectory = (wiring: DirectoryWiring): OpenDirectory => {
  const { organization, exchange, clock, client, needsHead, onAnswer } = wiring
  const options = { creates: organization.autoCreateProjects, needsHead }
  const request = SentryApi.requestOf(organization, client)
  const take = takeAnswer(options)
  const nowMillis = stopwatch(clock)
  const stopping = new AbortController()
  const waiters = new Set<Waiter>()
  let state = Directory.start(options, nowMillis())
  let cancelTimer: Cancel | undefined
  let isFailing = false

  const knownNow = (slug: string): ProjectDirectory.ProjectAnswer | undefined =>
    Directory.known(options, slug, nowMillis())(state)

  const replies = (): void => {
    for (const waiter of waiters) {
      const answer = replyTo(waiter)
      if (answer === undefined) continue
      waiters.delete(waiter)
      waiter.reply(answer)
    }
  }
  const replyTo = ({ slug, refused }: Waiter): ProjectDirectory.RenewedProject | undefined => {
    if (refused !== undefined && state.entries.get(slug)?._tag === 'Pending') return undefined
    const answer = knownNow(slug)
    const isSame =
      answer?._tag === 'Found' && refused !== undefined && Dsn.Eq.equals(answer.dsn, refused)
    return isSame ? { _tag: 'Unchanged' } : answer
  }
  /** Those who send again anyway do not wait for the next attempt. */
  const replyFailed = (slug: string, reason: string): void => {
    for (const waiter of waiters) {
      if (waiter.slug !== slug || waiter.refused === undefined) continue
      waiters.delete(waiter)
      waiter.reply({ _tag: 'Failed', reason })
    }
  }
  const call = async (key: string, one: SentryApi.ApiCall): Promise<void> => {
    const answered = await exchange({ ...request(one), signal: stopping.signal })().catch(() =>
      E.left(TransportError.unreachable('the exchange rejected')),
    )
    if (stopping.signal.aborted) return
    const answer = SentryApi.answerOf(one, answered, clock.now())
    onAnswer(one, answer)
    isFailing = answer._tag === 'Failed'
    state = take(state, { key, answer, nowMillis: nowMillis(), random: clock.random() })
    if (answer._tag === 'Failed') replyFailed(key, answer.reason)
    if (answer._tag === 'Limited') replyFailed(key, 'the API limits requests')
    proceed()
  }
  const proceed = (): void => {
    cancelTimer?.()
    cancelTimer = undefined
    if (stopping.signal.aborted) return
    const due = dueCalls(state, nowMillis())
    state = due.state
    for (const { key, call: one } of due.calls) void call(key, one)
    if (due.wakeAtMillis !== undefined) {
      cancelTimer = clock.setTimer(timerMillis(due.wakeAtMillis - nowMillis()), proceed)
    }
    replies()
  }
  const wait = (slug: string, refused?: Dsn.Dsn): Promise<ProjectDirectory.RenewedProject> =>
    new Promise((reply) => {
      if (stopping.signal.aborted) return reply(STOPPED)
      waiters.add({ slug, refused, reply })
      proceed()
    })
  proceed()
  return {
    known: ({ slug }) => knownNow(slug),
    find: async (project) => {
      state = Directory.want(project, nowMillis())(state)
      return foundOf(await wait(project.slug))
    },
    renew: (project, refused) => {
      state = Directory.refuse(project, refused, nowMillis())(state)
      return wait(project.slug, refused)
    },
    head: () => Directory.headOf(state),
    counts: () => Directory.counts(state),
    isFailing: () => isFailing,
    stop: async () => {
      stopping.abort()
      cancelTimer?.()
      for (const { reply } of waiters) reply(STOPPED)
      waiters.clear()
      await exchange.close?.()
    },
  }
}

const STOPPED = { _tag: 'Failed', reason: 'projects are not looked up any more' } as const

const timerMillis = Range.clamp({ min: 1, max: Range.MAX_TIMER_MILLIS }, Range.MAX_TIMER_MILLIS)

/** Only those whose DSN was refused, and those of a directory that was stopped, get another answer. */
const foundOf = (answer: ProjectDirectory.RenewedProject): ProjectDirectory.ProjectAnswer => {
  switch (answer._tag) {
    case 'Found':
    case 'Missing':
      return answer
    default:
      return { _tag: 'Missing', reason: STOPPED.reason }
  }
}
