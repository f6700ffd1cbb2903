/** Makes an error event smaller: the breadcrumbs first, then `extra`, then the innermost causes. */

import { bytesOf } from '../size/fitContext.ts'
import { cutText, shrink } from '../size/shrink.ts'
import * as Breadcrumb from './Breadcrumb.ts'
import type { ErrorEvent } from './ErrorEvent.ts'

/** The server keeps 16 KiB of one extra value (`relay-event-schema/src/protocol/event.rs` of getsentry/relay). */
const MAX_VALUE_BYTES = 16_000

/**
 * An error event of at most this many bytes of JSON, or with one exception and nothing else left to remove. The event itself
 * if it is small enough.
 */
export const fitError = (error: ErrorEvent, maxBytes: number): ErrorEvent => {
  const short = withShortValues(error)
  let fitted = short
  // Measuring an event costs as much as printing it.
  let surplus = bytesOf(fitted) - maxBytes
  const replace = (fields: Partial<ErrorEvent>): void => {
    fitted = { ...fitted, ...fields }
    surplus = bytesOf(fitted) - maxBytes
  }
  if (surplus > 0 && fitted.breadcrumbs !== undefined) {
    replace({
      breadcrumbs: { values: Breadcrumb.within(fitted.breadcrumbs.values, maxBytes / 2) },
    })
  }
  if (surplus > 0) replace({ extra: shrink(fitted.extra ?? {}, surplus) })
  while (surplus > 0 && fitted.exception.values.length > 1) {
    // The thrown exception is the last value, so the first half are causes.
    const { values } = fitted.exception
    replace({ exception: { values: values.slice(Math.ceil(values.length / 2)) } })
  }
  if (fitted === short) return short
  return bytesOf(fitted) === bytesOf(error) ? error : fitted
}

/** The event itself if each value of `extra` is short enough. */
const withShortValues = (error: ErrorEvent): ErrorEvent => {
  let isChanged = false
  const entries = Object.entries(error.extra ?? {}).flatMap(([key, value]) => {
    const surplus = bytesOf(value) - MAX_VALUE_BYTES
    if (surplus <= 0) return [[key, value] as const]
    isChanged = true
    // A text, which is the common case, is measured only once more.
    if (typeof value !== 'string') return Object.entries(shrink({ [key]: value }, surplus))
    const cut = cutText(value, surplus)
    return cut === undefined ? [] : [[key, cut] as const]
  })
  return isChanged ? { ...error, extra: Object.fromEntries(entries) } : error
}
