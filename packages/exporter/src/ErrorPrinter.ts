/** Prints error events. Frames of a line that a parser remembers are printed once. */
import type { ErrorEvent } from '@sentry-exporter/core/ErrorEvent'
import type { ExceptionValue } from '@sentry-exporter/core/ExceptionValue'
import * as WellFormed from '@sentry-exporter/envelope/WellFormed'

// model

/** The JSON of an error event. Law: the same text as `WellFormed.stringify` gives. */
export type ErrorPrinter = (error: ErrorEvent) => string

type StackFrame = NonNullable<ExceptionValue['stacktrace']>['frames'][number]

/** The field of a value with its frames. */
type PrintFrames = (frames: ReadonlyArray<StackFrame>) => string

/** The value of the field of a list of frames while the rest of an event is printed. No other field has it. */
const MARK = 1e-199

const PRINTED_MARK = `"stacktrace":${JSON.stringify(MARK)}`

// constructors

/** A printer for one pipeline: it remembers the texts of frozen frames, and of frozen lists of them, for as long as these live. */
export const make = (): ErrorPrinter => {
  const printFrames = framesPrinter()
  return (error) => {
    const lists: Array<ReadonlyArray<StackFrame>> = []
    const values = error.exception.values.map((value) => {
      const { stacktrace } = value
      if (stacktrace === undefined || !isOnly(stacktrace, 'frames')) return value
      lists.push(stacktrace.frames)
      return { ...value, stacktrace: MARK }
    })
    const rest = { ...error, exception: { ...error.exception, values } }
    const [first = '', ...others] = WellFormed.stringify(rest).split(PRINTED_MARK)
    // Somebody has chosen the mark as the value of a field.
    if (others.length !== lists.length) return WellFormed.stringify(error)
    let text = first
    for (const [nth, after] of others.entries()) {
      text += `${printFrames(lists[nth] ?? [])}${after}`
    }
    return text
  }
}

const framesPrinter = (): PrintFrames => {
  const printed = new WeakMap<StackFrame, string>()
  const lists = new WeakMap<ReadonlyArray<StackFrame>, string>()
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
    const list = `"stacktrace":{"frames":[${text.slice(1)}]}`
    if (areConstant) lists.set(frames, list)
    return list
  }
}

// guards

/** Whether an object has this field and no other. */
const isOnly = (value: object, key: string): boolean => {
  for (const other in value) if (other !== key) return false
  return key in value
}

/** Whether a frame is printed alike for ever. Those of a user's parser may hold objects. */
const isConstant = (frame: StackFrame): boolean =>
  Object.isFrozen(frame) &&
  Object.values(frame).every((field) => typeof field !== 'object' && typeof field !== 'function')
