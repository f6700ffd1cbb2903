/**
 * A fault of a function of the user: it threw, returned a promise, or returned a value of a wrong form. The value that it was
 * given is dropped and counted as `hook_failed`, `hook_failed_error`, `hook_failed_log` or `hook_failed_metric`; everything else goes
 * on.
 *
 * @example
 * ```ts
 * import { HookFailure } from '@sentry-exporter/core'
 *
 * const failure: HookFailure.HookFailure = { _tag: 'Promised', hook: 'beforeSendSpan' }
 * console.log(HookFailure.show(failure)) // beforeSendSpan returned a promise: hooks are synchronous and return their result itself
 * ```
 */
import { frozen } from '../internal/frozen.ts'
import * as Form from './Form.ts'

// model

/** The functions of the user, by the names of their options. `mapping` is any function of a mapping. */
export type HookName =
  | 'beforeSendError'
  | 'beforeSendLog'
  | 'beforeSendMetric'
  | 'beforeSendSpan'
  | 'beforeSendTransaction'
  | 'fingerprint'
  | 'mapping'
  | 'parsers'

export type HookFailure =
  | { readonly _tag: 'Threw'; readonly hook: HookName; readonly reason: string }
  | { readonly _tag: 'Promised'; readonly hook: HookName }
  | { readonly _tag: 'Invalid'; readonly hook: HookName; readonly mismatch: Form.Mismatch }

/** A result with failures has them in this field, which others lack. */
export interface WithFailures {
  /** The failures of functions of the user, each different one once; absent without one. */
  readonly failures?: ReadonlyArray<HookFailure>
}

// constructors

const MAX_REASON_CHARACTERS = 200

/** `error` may be anything, also a value that throws when it is read. */
export const threw = (hook: HookName, error: unknown): HookFailure => ({
  _tag: 'Threw',
  hook,
  reason: reasonOf(error).replace(/\s+/g, ' ').slice(0, MAX_REASON_CHARACTERS),
})

const reasonOf = (error: unknown): string => {
  try {
    return String(error)
  } catch {
    return 'a value that throws when it is read'
  }
}

/** A result that has a wrong form. */
export const returned = (hook: HookName, value: unknown, mismatch: Form.Mismatch): HookFailure => {
  try {
    Form.ignoreRejection(value)
    return isThenable(value) ? { _tag: 'Promised', hook } : { _tag: 'Invalid', hook, mismatch }
  } catch {
    return { _tag: 'Invalid', hook, mismatch }
  }
}

// guards

const isThenable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

// encoding

/** One line. Shows nothing of the value that the function was given or returned, but the text of what it threw. */
export const show = (failure: HookFailure): string => {
  switch (failure._tag) {
    case 'Threw':
      return `${failure.hook} threw ${failure.reason}`
    case 'Promised':
      return `${failure.hook} returned a promise: hooks are synchronous and return their result itself`
    case 'Invalid': {
      const { path, found, expected } = failure.mismatch
      const place = path === '' ? '' : `${path}: `
      return `${failure.hook} returned an invalid value: ${place}found ${found}, expected ${expected}`
    }
  }
}

// instances

/** Different failures that one step reports; the others are only counted. */
const MAX_FAILURES = 10

/** Adds failures that are not among the first ones yet. */
export const concat = (
  first: ReadonlyArray<HookFailure>,
  second: ReadonlyArray<HookFailure> = none,
): ReadonlyArray<HookFailure> => {
  if (second.length === 0) return first
  const byText = new Map([...first, ...second].map((failure) => [show(failure), failure]))
  return [...byText.values()].slice(0, MAX_FAILURES)
}

export const none: ReadonlyArray<HookFailure> = /* @__PURE__ */ frozen([])

export const asField = (failures: ReadonlyArray<HookFailure>): WithFailures =>
  failures.length === 0 ? {} : { failures }
