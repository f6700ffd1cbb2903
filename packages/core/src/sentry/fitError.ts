/** Makes an error event smaller: the breadcrumbs first, then `extra`, then the innermost causes. */

import type { Json, JsonObject } from '../model/Json.ts'
import { bytesOf } from '../size/fitContext.ts'
import { shrink } from '../size/shrink.ts'
import * as Breadcrumb from './Breadcrumb.ts'
import type { ErrorEvent } from './ErrorEvent.ts'

/** The server keeps 16 KiB of one extra value (`relay-event-schema/src/protocol/event.rs` of getsentry/relay). */
const MAX_VALUE_BYTES = 16_000

/**
 * An error event of at most this many bytes of JSON, or with one exception and nothing else left to remove. The event itself
 * if it is small enough.
 */
export const fitError = (error: ErrorEvent, maxBytes: number): ErrorEvent => {
  const extra = error.extra && withShortValues(error.extra)
  let fitted = extra === error.extra ? error : withExtra(error, extra)
  // Measuring an event costs as much as printing it: each form is measured once.
  let bytes = bytesOf(fitted)
  const ownBytes = fitted === error ? bytes : bytesOf(error)
  const change = (changed: ErrorEvent): void => {
    fitted = changed
    bytes = bytesOf(changed)
  }
  if (bytes > maxBytes && fitted.breadcrumbs !== undefined) {
    const { values } = fitted.breadcrumbs
    change({ ...fitted, breadcrumbs: { values: Breadcrumb.within(values, maxBytes / 2) } })
  }
  if (bytes > maxBytes) change(withExtra(fitted, shrink(fitted.extra ?? {}, bytes - maxBytes)))
  while (bytes > maxBytes && fitted.exception.values.length > 1) {
    // The thrown exception is the last value, so the first half are causes.
    const { values } = fitted.exception
    change({ ...fitted, exception: { values: values.slice(Math.ceil(values.length / 2)) } })
  }
  return bytes === ownBytes ? error : fitted
}

const withExtra = (error: ErrorEvent, extra: JsonObject | undefined): ErrorEvent =>
  extra === undefined ? error : { ...error, extra }

/** The same object if none of its values is too long. */
const withShortValues = (extra: JsonObject): JsonObject => {
  const entries = Object.entries(extra)
  const isShort = ([, value]: readonly [string, Json]): boolean => surplusOf(value) <= 0
  if (entries.every(isShort)) return extra
  return Object.fromEntries(
    entries.flatMap((entry) => {
      const [key, value] = entry
      return isShort(entry) ? [entry] : Object.entries(shrink({ [key]: value }, surplusOf(value)))
    }),
  )
}

const surplusOf = (value: Json): number => bytesOf(value) - MAX_VALUE_BYTES
