/** Makes an error event smaller: the breadcrumbs first, then `extra`, then the innermost causes. */

import type { JsonObject } from '../model/Json.ts'
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
  const surplus = (one: ErrorEvent): number => bytesOf(one) - maxBytes
  let fitted = error.extra === undefined ? error : { ...error, extra: withShortValues(error.extra) }
  if (surplus(fitted) > 0 && fitted.breadcrumbs !== undefined) {
    fitted = {
      ...fitted,
      breadcrumbs: { values: Breadcrumb.within(fitted.breadcrumbs.values, maxBytes / 2) },
    }
  }
  if (surplus(fitted) > 0) {
    fitted = { ...fitted, extra: shrink(fitted.extra ?? {}, surplus(fitted)) }
  }
  while (surplus(fitted) > 0 && fitted.exception.values.length > 1) {
    // The thrown exception is the last value, so the first half are causes.
    const { values } = fitted.exception
    fitted = { ...fitted, exception: { values: values.slice(Math.ceil(values.length / 2)) } }
  }
  return bytesOf(fitted) === bytesOf(error) ? error : fitted
}

const withShortValues = (extra: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(extra).flatMap(([key, value]) => {
      const surplus = bytesOf(value) - MAX_VALUE_BYTES
      return surplus <= 0 ? [[key, value]] : Object.entries(shrink({ [key]: value }, surplus))
    }),
  )
