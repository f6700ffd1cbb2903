/** The last steps of every error: at most so many of a kind in a minute, grouped as the user says, made to fit. */
import * as O from '#fp-ts/Option'
import type { RecordedException } from '../exception/RecordedException.ts'
import * as Hook from '../filter/Hook.ts'
import type { Limits } from '../model/Limits.ts'
import * as Losses from '../model/Losses.ts'
import type { Resource } from '../model/Resource.ts'
import type { ErrorEvent } from '../sentry/ErrorEvent.ts'
import type { ErrorRules } from './ErrorRules.ts'
import { fitError } from './fitError.ts'
import * as TokenBuckets from './TokenBuckets.ts'

// model

export interface Published<E> {
  readonly buckets: TokenBuckets.TokenBuckets
  readonly errors: ReadonlyArray<E>
  readonly losses: Losses.Losses
}

export interface Draft {
  readonly thrown: RecordedException
  readonly error: ErrorEvent
  /** Whose error it is: that of the entry of its segment. */
  readonly from: Resource
}

/** What an error becomes. */
type Make<E> = (error: ErrorEvent, from: Resource) => E

export interface Outlet<E> {
  /** What users do with errors: they may drop one. */
  readonly hook: Hook.Hook<ErrorEvent> | undefined
  readonly make: Make<E>
}

// combinators

export const publish =
  <E>(
    { fingerprint }: ErrorRules,
    { maxErrorsPerMinute, maxHeadBytes }: Pick<Limits, 'maxErrorsPerMinute' | 'maxHeadBytes'>,
    { hook, make }: Outlet<E>,
  ) =>
  (
    before: TokenBuckets.TokenBuckets,
    drafts: ReadonlyArray<Draft>,
    nowMillis: number,
  ): Published<E> => {
    const errors: Array<E> = []
    let buckets = before
    let trimmed = 0
    let before_send_error = 0
    for (const { thrown, error, from } of drafts) {
      const taken = TokenBuckets.take(buckets, kindOf(error), maxErrorsPerMinute, nowMillis)
      buckets = taken.state
      if (!taken.isTaken) continue
      const group = fingerprint(error)
      const grouped = group === undefined ? error : { ...error, fingerprint: group }
      const fitted = isSmall(thrown, error) ? grouped : fitError(grouped, maxHeadBytes)
      if (fitted !== grouped) trimmed++
      const kept = hook === undefined ? fitted : hooked(hook, fitted)
      if (kept === undefined) before_send_error++
      else errors.push(make(kept, from))
    }
    const error_limit = drafts.length - errors.length - before_send_error
    return { buckets, errors, losses: Losses.ofCounts({ before_send_error, error_limit, trimmed }) }
  }

/** The id is made of the content that came in, so that a repetition is known as one. */
const hooked = (hook: Hook.Hook<ErrorEvent>, error: ErrorEvent): ErrorEvent | undefined => {
  const kept = Hook.run(() => hook(error))
  return O.isSome(kept) ? { ...kept.value, event_id: error.event_id } : undefined
}

/** Measuring an error is printing it: most are known to be small by what they are made of. */
const isSmall = ({ stack, attributes }: RecordedException, { breadcrumbs }: ErrorEvent): boolean =>
  stack.length < SMALL && breadcrumbs === undefined && Object.keys(attributes).length === 0

/** In characters; frames take some times the room of their text. */
const SMALL = 16_384

/** Errors of one kind have one type and are thrown at one place: the newest call that is the application's own. */
const kindOf = ({ exception }: ErrorEvent): ReadonlyArray<string> => {
  const last = exception.values.at(-1)
  const frames = last?.stacktrace?.frames ?? []
  const own = frames.filter((frame) => frame.in_app === true)
  const top = own.at(-1) ?? frames.at(-1)
  return [last?.type ?? '', top?.module ?? top?.filename ?? '', top?.function ?? '']
}
