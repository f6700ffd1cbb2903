/** Ready segments become transactions and errors. A state machine without a clock: it remembers what it told early. */
import * as Breadcrumb from './Breadcrumb.ts'
import { byteLength } from './byteLength.ts'
import type { Described } from './describe.ts'
import type { ErrorEvent } from './ErrorEvent.ts'
import * as ErrorRules from './ErrorRules.ts'
import * as Telling from './errors/Telling.ts'
import type { BreadcrumbsOf } from './errors/tell.ts'
import { TRIMMED } from './fitSpan.ts'
import type { Limits } from './Limits.ts'
import type { LoggedException } from './LoggedException.ts'
import * as Losses from './Losses.ts'
import type { Payload } from './Payload.ts'
import type { Resource } from './Resource.ts'
import * as Segment from './Segment.ts'
import { shrink } from './shrink.ts'
import { split } from './split.ts'
import * as Transaction from './Transaction.ts'

// model

export interface Finished<T, E> {
  readonly state: Telling.Telling
  /** By the start of their roots. */
  readonly transactions: ReadonlyArray<T>
  /** In the order of their segments. */
  readonly errors: ReadonlyArray<E>
  readonly losses: Losses.Losses
  /** When the next step can make a difference; `undefined` for never. */
  readonly wakeAtMillis: number | undefined
}

/** What transactions and errors become, one by one; `from` is the resource of the entry of their segment. */
export interface Makers<A, T, E> {
  readonly transaction: (transaction: Transaction.Transaction<A>, from: Resource) => T
  readonly error: (error: ErrorEvent, from: Resource) => E
}

/** What a step of `Pending` gave, and when. */
export interface Released<A> {
  readonly ready: ReadonlyArray<Segment.Segment<Described<A>>>
  readonly early?: ReadonlyArray<Segment.Segment<Described<A>>>
  /** Exceptions of log records that came. */
  readonly logged?: ReadonlyArray<LoggedException>
  readonly nowMillis?: number
  /** Whether nothing shall wait any longer. */
  readonly isFlush?: boolean
}

// constructors

/** Before anything was told. */
export const nothingTold: Telling.Telling = Telling.empty

// destructors

export const finish = <A>(
  limits: Limits,
  payload: Payload<A>,
  rules: ErrorRules.ErrorRules = ErrorRules.standard,
): ((
  state: Telling.Telling,
  released: Released<A>,
) => Finished<Transaction.Transaction<A>, ErrorEvent>) =>
  finishAs(limits, payload, rules, {
    transaction: (transaction) => transaction,
    error: (error) => error,
  })

/** The same, with transactions and errors made into something else while they are made: so they need not be held. */
export const finishAs = <A, T, E>(
  limits: Limits,
  payload: Payload<A>,
  rules: ErrorRules.ErrorRules | undefined,
  make: Makers<A, T, E>,
): ((state: Telling.Telling, released: Released<A>) => Finished<T, E>) => {
  const tell = Telling.step(rules ?? ErrorRules.standard, limits, payload.read, make.error)
  const divide = split(limits)
  const toTransaction = Transaction.ofSegment(payload)
  return (before, { ready, early = [], logged = [], nowMillis = 0, isFlush = false }) => {
    const told = tell(before, { ready, early, logged, nowMillis, isFlush })
    const parts: Array<Part<A>> = []
    for (const segment of ready) {
      const from = Segment.top(segment)?.value.base.from
      if (from === undefined) continue
      for (const part of divide(segment)) parts.push({ part, from })
    }
    const transactions: Array<T> = []
    let events = 0
    let trimmed = 0
    for (const { part, from } of parts.sort((a, b) => Segment.compare(a.part, b.part))) {
      const breadcrumbs = breadcrumbsOf(part, told.breadcrumbs)
      const made = toTransaction(part, Breadcrumb.newest(breadcrumbs))
      if (made === undefined) continue
      const mayBeLarge = breadcrumbs.length > 0 || isHeavy(part, limits.maxHeadBytes)
      const fitted = mayBeLarge ? fitHead(made, limits.maxHeadBytes) : made
      events += Math.max(0, breadcrumbs.length - Breadcrumb.MOST)
      if (fitted !== made) trimmed++
      transactions.push(make.transaction(fitted, from))
    }
    const { state, errors, wakeAtMillis } = told
    const cost = [told.losses, Losses.of('event', events), Losses.of('trimmed', trimmed)]
    return { state, transactions, errors, losses: Losses.concatAll(cost), wakeAtMillis }
  }
}

interface Part<A> {
  readonly part: Segment.Segment<Described<A>>
  readonly from: Resource
}

/** All breadcrumbs of a segment, oldest first: what its spans did, and what was thrown and became no error. */
const breadcrumbsOf = <A>(
  segment: Segment.Segment<Described<A>>,
  told: BreadcrumbsOf<A>,
): ReadonlyArray<Breadcrumb.Breadcrumb> => {
  const all: Array<Breadcrumb.Breadcrumb> = []
  for (const node of Segment.nodes(segment)) {
    for (const breadcrumb of node.value.breadcrumbs) all.push(breadcrumb)
    if (told.size > 0) for (const breadcrumb of told.get(node) ?? []) all.push(breadcrumb)
  }
  return Breadcrumb.sort(all)
}

/** Measuring a head is printing it: most are known to be small by what is known of their parts. */
const isHeavy = <A>(segment: Segment.Segment<Described<A>>, mostBytes: number): boolean => {
  const first = Segment.first(segment)
  return first === undefined || (first.weight + first.value.base.bytes) * 2 > mostBytes
}

/** A transaction whose head is within the limit: the data of its root is made smaller, then breadcrumbs are left out. */
const fitHead = <A>(
  transaction: Transaction.Transaction<A>,
  mostBytes: number,
): Transaction.Transaction<A> => {
  const surplus = (one: Transaction.Transaction<A>): number =>
    byteLength(JSON.stringify({ ...one, spans: [] })) - mostBytes
  if (surplus(transaction) <= 0) return transaction
  const { trace } = transaction.contexts
  const withData = (data: typeof trace.data): Transaction.Transaction<A> => ({
    ...transaction,
    contexts: { ...transaction.contexts, trace: { ...trace, data: { ...data, [TRIMMED]: true } } },
  })
  const marked = withData(trace.data)
  const fitted = withData(shrink(trace.data ?? {}, surplus(marked)))
  if (surplus(fitted) <= 0) return fitted
  const { breadcrumbs: _, ...rest } = fitted
  return { ...rest, spans: fitted.spans }
}
