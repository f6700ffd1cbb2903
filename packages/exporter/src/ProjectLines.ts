/**
 * The envelopes of projects that are known by their slugs. While a project is looked up or created, its envelopes wait in a queue
 * of their own; then they go on to its delivery, to the default project, or are lost and counted. All queues that wait share the
 * bounds of one.
 */
import type { Dsn } from '@sentry-exporter/envelope/Dsn'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import { type Sealed, withBytes } from '@sentry-exporter/envelope/Sealed'
import * as TraceHeader from '@sentry-exporter/envelope/TraceHeader'
import { Overflow, Queue, Range, TransportError, withRenewedDsn } from '@sentry-exporter/transport'
import type { Cancel, Clock } from '@sentry-exporter/transport/Clock'
import type * as Delivery from '@sentry-exporter/transport/Delivery'
import type { Enqueue, Policy } from '@sentry-exporter/transport/Transport'
import * as E from '#fp-ts/Either'
import { losing } from './losing.ts'
import type { ProjectAnswer, ProjectDirectory, RenewedProject } from './ProjectDirectory.ts'
import type { NamedProject } from './ProjectSlug.ts'

// model

export interface ProjectLines {
  readonly giveTo: (project: NamedProject) => Enqueue
  /** The envelopes that wait for their project. */
  readonly load: () => Overflow.Load
  /** Moves what waits for its project, and what is given later, to another place. */
  readonly handOver: (place: (project: NamedProject) => EnvelopePlace) => void
}

/** Takes envelopes. With a DSN they are for that one, and it is in their trace headers if no other is yet. */
export interface EnvelopePlace {
  readonly give: Enqueue
  readonly dsn?: Dsn | undefined
}

export interface ProjectLinesWiring {
  readonly directory: ProjectDirectory
  readonly clock: Pick<Clock, 'setTimer'>
  readonly options: Delivery.Options
  /** Takes the envelopes of a project that was found. The policy goes around each attempt. */
  readonly deliver: (project: NamedProject, dsn: Dsn, policy: Policy) => Enqueue
  /** The default project. */
  readonly main: Dsn | undefined
  /** Takes what has no project: the default project, if it does. `undefined`: that is lost. */
  readonly fallback: Required<EnvelopePlace> | undefined
}

/** The queue of a project that is not known yet. */
interface Line {
  readonly project: NamedProject
  readonly give: Enqueue
  readonly load: () => Overflow.Load
  /** Moves everything that waits. */
  readonly release: (target: EnvelopePlace) => void
  /** Ends the time limit of the wait. */
  cancelTimer: Cancel
}

// constructors

export const make = (wiring: ProjectLinesWiring): ProjectLines => {
  const { directory, clock, options } = wiring
  const lines = new Map<string, Line>()
  let next: ((project: NamedProject) => EnvelopePlace) | undefined
  const load = (): Overflow.Load => {
    let [items, bytes] = [0, 0]
    for (const line of lines.values()) {
      const one = line.load()
      items += one.items
      bytes += one.bytes
    }
    return { items, bytes }
  }
  // With `block` the receivers wait.
  const isFull = (): boolean => options.overflow !== 'block' && Overflow.isFull(options)(load())

  const lineOf = (project: NamedProject): Line => {
    const known = lines.get(project.slug)
    if (known !== undefined) return known
    const line = hold(wiring, project)
    lines.set(project.slug, line)
    const decide = (answer: ProjectAnswer): void => {
      if (lines.get(project.slug) !== line) return
      lines.delete(project.slug)
      line.cancelTimer()
      line.release(targetOf(wiring, project, answer))
    }
    const millis = longestWait(options.retry.maxElapsedMillis)
    line.cancelTimer = clock.setTimer(millis, () => decide(TOO_LATE))
    void directory.find(project).then(decide, () => decide(REJECTED))
    return line
  }
  return {
    giveTo: (project) => (sealed, settle) => {
      if (next !== undefined) return next(project).give(sealed, settle)
      const answer = lines.has(project.slug) ? undefined : directory.known(project)
      if (answer !== undefined) return targetOf(wiring, project, answer).give(sealed, settle)
      if (isFull()) return settle(E.left(TransportError.overflowed), sealed)
      lineOf(project).give(sealed, settle)
    },
    load,
    handOver: (place) => {
      next = place
      const all = [...lines.values()]
      lines.clear()
      for (const line of all) {
        line.cancelTimer()
        line.release(place(line.project))
      }
    },
  }
}

const longestWait = Range.clamp(Range.millis, Range.MAX_TIMER_MILLIS)

const TOO_LATE: ProjectAnswer = { _tag: 'Missing', reason: 'it was not found in time' }

/** A directory must not reject. One that does must not keep envelopes. */
const REJECTED: ProjectAnswer = { _tag: 'Missing', reason: 'the look-up rejected' }

const hold = ({ options, directory, main }: ProjectLinesWiring, project: NamedProject): Line => {
  // All at once: they move on to the queue of a delivery.
  const queue = Queue.make({ ...options, concurrency: Range.count.max, isHeld: true })
  let target: EnvelopePlace = { give: losing(TransportError.abandoned) }
  const give = queue.giveTo((sealed) => () => {
    const { give: giveOn, dsn } = target
    const keyed = addressed(main ?? dsn ?? directory.head(), dsn ?? sealed.dsn)(sealed)
    return new Promise((resolve) => giveOn(keyed, resolve))
  })
  return {
    project,
    give,
    load: queue.load,
    release: (to) => {
      target = to
      queue.release()
    },
    cancelTimer: () => undefined,
  }
}

/** Where the envelopes of a project go once the answer is known. */
const targetOf = (
  { deliver, directory, fallback }: ProjectLinesWiring,
  project: NamedProject,
  answer: ProjectAnswer,
): EnvelopePlace => {
  if (answer._tag === 'Missing') {
    const error = TransportError.noProject(reasonOf(project, answer.reason))
    return fallback ?? { give: losing(error) }
  }
  const policy = withRenewedDsn(answer.dsn, (refused) => async () => {
    const renewed = await directory.renew(project, refused)
    return renewedDsn(project, fallback?.dsn, renewed)
  })
  return { give: deliver(project, answer.dsn, policy) }
}

const renewedDsn = (
  project: NamedProject,
  fallback: Dsn | undefined,
  answer: RenewedProject,
): E.Either<TransportError.TransportError, Dsn | undefined> => {
  switch (answer._tag) {
    case 'Found':
      return E.right(answer.dsn)
    case 'Unchanged':
      return E.right(undefined)
    case 'Failed':
      return E.left(TransportError.unreachable(reasonOf(project, answer.reason)))
    case 'Missing':
      return fallback === undefined
        ? E.left(TransportError.noProject(reasonOf(project, answer.reason)))
        : E.right(fallback)
  }
}

const reasonOf = ({ slug }: NamedProject, reason: string): string => `${slug}: ${reason}`

/** Gives the envelope a DSN, and fills in the key of a trace header that was sealed before any project was known. */
const addressed =
  (head: Dsn | undefined, dsn: Dsn) =>
  (sealed: Sealed): Sealed => {
    const { bytes } = sealed
    const keyed =
      head === undefined
        ? bytes
        : Envelope.mapHeader((header) =>
            header.trace !== undefined && TraceHeader.isUnkeyed(header.trace)
              ? { ...header, trace: TraceHeader.withKeyOf(head)(header.trace) }
              : header,
          )(bytes)
    return withBytes(sealed, keyed, dsn)
  }
