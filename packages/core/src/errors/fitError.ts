/** Makes an error that is too large smaller: breadcrumbs first, then what was recorded beside it, then the oldest causes. */

import type { JsonObject } from '../model/Json.ts'
import * as Breadcrumb from '../sentry/Breadcrumb.ts'
import type { ErrorEvent } from '../sentry/ErrorEvent.ts'
import { bytesOf } from '../size/fitContext.ts'
import { shrink } from '../size/shrink.ts'

/** An error of at most this many bytes of JSON but for one exception; itself where it is small enough. */
export const fitError = (error: ErrorEvent, mostBytes: number): ErrorEvent => {
  const surplus = (one: ErrorEvent): number => bytesOf(one) - mostBytes
  let fitted = error.extra === undefined ? error : { ...error, extra: withShortValues(error.extra) }
  if (surplus(fitted) > 0 && fitted.breadcrumbs !== undefined) {
    fitted = {
      ...fitted,
      breadcrumbs: { values: Breadcrumb.within(fitted.breadcrumbs.values, mostBytes / 2) },
    }
  }
  if (surplus(fitted) > 0) {
    fitted = { ...fitted, extra: shrink(fitted.extra ?? {}, surplus(fitted)) }
  }
  // What was thrown stands last.
  while (surplus(fitted) > 0 && fitted.exception.values.length > 1) {
    const { values } = fitted.exception
    fitted = { ...fitted, exception: { values: values.slice(Math.ceil(values.length / 2)) } }
  }
  return bytesOf(fitted) === bytesOf(error) ? error : fitted
}

/** The server keeps 16 KiB of one extra value (`relay-event-schema/src/protocol/event.rs`). */
const MAX_VALUE_BYTES = 16_000

const withShortValues = (extra: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(extra).flatMap(([key, value]) => {
      const surplus = bytesOf(value) - MAX_VALUE_BYTES
      return surplus <= 0 ? [[key, value]] : Object.entries(shrink({ [key]: value }, surplus))
    }),
  )
