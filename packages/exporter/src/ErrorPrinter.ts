/**
 * Prints error events. The parts that many events share are printed once: the frames of a stack that a parser remembers, and the
 * fields and contexts of a resource.
 */
import type { ErrorEvent } from '@sentry-exporter/core/ErrorEvent'
import type { ExceptionValue } from '@sentry-exporter/core/ExceptionValue'
import type { EventBase } from '@sentry-exporter/core/pipeline'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as WellFormed from '@sentry-exporter/envelope/WellFormed'

// model

/**
 * The JSON of an error event, in pieces. Law: joined they are the same text as `WellFormed.stringify` gives. `base` is that of an
 * event which is as `ErrorEvent.of` makes it: its fields and contexts are printed once for all its events.
 */
export type ErrorPrinter = (
  error: ErrorEvent,
  base?: EventBase.EventBase,
) => ReadonlyArray<Utf8.Part>

type StackFrame = NonNullable<ExceptionValue['stacktrace']>['frames'][number]

/** The value of a stack with these frames. */
type PrintFrames = (frames: ReadonlyArray<StackFrame>) => Utf8.Part

/** The parts of a base in an event: the value of the first field, then the other fields. */
interface PrintedBase {
  readonly fields: Utf8.Part
  readonly contexts: Utf8.Part
  /** The name of the first context; `undefined` for a base without contexts. */
  readonly firstContext: string | undefined
}

/** The value in the place of a part that is printed already, while the rest of an event is printed. */
const MARK = 1e-199

const PRINTED_MARK = JSON.stringify(MARK)

// constructors

/**
 * A printer for one pipeline: it remembers the texts of frozen frames, of frozen lists of them, and of bases, for as long as
 * these live.
 */
export const make = (): ErrorPrinter => {
  const printFrames = framesPrinter()
  const printBase = basePrinter()
  return (error, base) => {
    const ofBase = base !== undefined && hasBase(error, base) ? printBase(base) : undefined
    const printed: Array<Utf8.Part> = []
    const values = error.exception.values.map((value) => {
      const { stacktrace } = value
      if (stacktrace === undefined || !isOnly(stacktrace, 'frames')) return value
      printed.push(printFrames(stacktrace.frames))
      return { ...value, stacktrace: MARK }
    })
    const exception = { ...error.exception, values }
    if (ofBase === undefined) return joined(error, { ...error, exception }, printed)
    printed.unshift(ofBase.fields)
    if (ofBase.firstContext !== undefined) printed.push(ofBase.contexts)
    return joined(error, withoutBase(error, exception, ofBase), printed)
  }
}

/** `marked` is the event with a mark in the place of each printed part. */
const joined = (
  error: ErrorEvent,
  marked: object,
  printed: ReadonlyArray<Utf8.Part>,
): ReadonlyArray<Utf8.Part> => {
  const [first = '', ...others] = WellFormed.stringify(marked).split(PRINTED_MARK)
  // A text has the mark.
  if (others.length !== printed.length) return [WellFormed.stringify(error)]
  const parts: Array<Utf8.Part> = [first]
  for (const [nth, after] of others.entries()) parts.push(printed[nth] ?? '', after)
  return parts
}

type OwnField = Exclude<keyof ErrorEvent, keyof EventBase.EventFields>

/** The event with marks for its base. */
const withoutBase = (
  error: ErrorEvent,
  exception: unknown,
  { firstContext }: PrintedBase,
): Readonly<Record<OwnField | 'platform', unknown>> => {
  // hot: once for each error, so fields are named, in the order in which they are printed.
  const { trace, replay, response } = error.contexts
  return {
    event_id: error.event_id,
    level: error.level,
    message: error.message,
    platform: MARK,
    timestamp: error.timestamp,
    transaction: error.transaction,
    exception,
    contexts:
      firstContext === undefined
        ? { trace, replay, response }
        : { trace, replay, response, [firstContext]: MARK },
    request: error.request,
    user: error.user,
    breadcrumbs: error.breadcrumbs,
    extra: error.extra,
    fingerprint: error.fingerprint,
  }
}

const basePrinter = (): ((base: EventBase.EventBase) => PrintedBase) => {
  const known = new WeakMap<EventBase.EventBase, PrintedBase>()
  return (base) => {
    const before = known.get(base)
    if (before !== undefined) return before
    const [firstContext] = Object.keys(base.resource)
    const printed = {
      fields: fromFirstValue(base.fields, 'platform'),
      contexts: fromFirstValue(base.resource, firstContext ?? ''),
      firstContext,
    }
    known.set(base, printed)
    return printed
  }
}

/** The JSON of an object without its braces and its first key. */
const fromFirstValue = (object: object, firstKey: string): Utf8.Part => {
  const start = `{"${firstKey}":`
  return bytes(WellFormed.stringify(object).slice(start.length, -1))
}

const framesPrinter = (): PrintFrames => {
  const printed = new WeakMap<StackFrame, string>()
  const lists = new WeakMap<ReadonlyArray<StackFrame>, Utf8.Part>()
  return (frames) => {
    const knownList = lists.get(frames)
    if (knownList !== undefined) return knownList
    let text = ''
    let areConstant = Object.isFrozen(frames)
    for (const frame of frames) {
      const known = printed.get(frame)
      const one = known ?? `,${WellFormed.stringify(frame)}`
      if (known === undefined) {
        if (isConstant(frame)) printed.set(frame, one)
        else areConstant = false
      }
      text += one
    }
    const list = `{"frames":[${text.slice(1)}]}`
    if (!areConstant) return list
    const part = bytes(list)
    lists.set(frames, part)
    return part
  }
}

const bytes = (text: string): Utf8.Part => Utf8.whole(Utf8.encode(text))

// guards

/** Whether an event has the fields of its base: the platform of the stack, and the tags of the span, may replace theirs. */
const hasBase = ({ platform, tags }: ErrorEvent, { fields }: EventBase.EventBase): boolean =>
  platform === fields.platform && tags === fields.tags

/** Whether an object has this field and no other. */
const isOnly = (value: object, key: string): boolean => {
  for (const other in value) if (other !== key) return false
  return key in value
}

/** Whether a frame is printed alike for ever. Those of a user's parser may hold objects. */
const isConstant = (frame: StackFrame): boolean =>
  Object.isFrozen(frame) &&
  Object.values(frame).every((field) => typeof field !== 'object' && typeof field !== 'function')
