/** Prints error events. Frames of a line that a parser remembers are printed once. */
import type { ErrorEvent } from '@sentry-exporter/core/ErrorEvent'
import type { ExceptionValue } from '@sentry-exporter/core/ExceptionValue'
import * as WellFormed from '@sentry-exporter/envelope/WellFormed'

// model

/** The JSON of an error event. Law: the same text as `WellFormed.stringify` gives. */
export type ErrorPrinter = (error: ErrorEvent) => string

type StackFrame = NonNullable<ExceptionValue['stacktrace']>['frames'][number]

type PrintFrame = (frame: StackFrame) => string

// constructors

/** A printer for one pipeline: it remembers the texts of frozen frames for as long as the frames live. */
export const make = (): ErrorPrinter => {
  const printFrame = framePrinter()
  const printValue = (value: ExceptionValue): string => {
    const { stacktrace } = value
    return stacktrace !== undefined && isOnly(stacktrace, 'frames')
      ? around(value, 'stacktrace', `{"frames":${listOf(stacktrace.frames, printFrame)}}`)
      : WellFormed.stringify(value)
  }
  return (error) =>
    isOnly(error.exception, 'values')
      ? around(error, 'exception', `{"values":${listOf(error.exception.values, printValue)}}`)
      : WellFormed.stringify(error)
}

const framePrinter = (): PrintFrame => {
  const printed = new WeakMap<StackFrame, string>()
  return (frame) => {
    const known = printed.get(frame)
    if (known !== undefined) return known
    const text = WellFormed.stringify(frame)
    if (isConstant(frame)) printed.set(frame, text)
    return text
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

// encoding

const listOf = <A>(values: ReadonlyArray<A>, print: (value: A) => string): string => {
  let text = '['
  for (const value of values) text += text === '[' ? print(value) : `,${print(value)}`
  return `${text}]`
}

/** The JSON of an object, of which one field is printed already. */
const around = <A extends object>(object: A, field: keyof A & string, printed: string): string => {
  const before: Partial<A> = {}
  const after: Partial<A> = {}
  let half = before
  for (const key in object) {
    if (key === field) half = after
    else half[key] = object[key]
  }
  const first = fieldsOf(before)
  const last = fieldsOf(after)
  return `{${first}${first === '' ? '' : ','}"${field}":${printed}${last === '' ? '' : ','}${last}}`
}

const fieldsOf = (object: object): string => WellFormed.stringify(object).slice(1, -1)
