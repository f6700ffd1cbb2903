/** Makes a context small enough: the server keeps 8 KiB of each (`relay-event-schema/src/protocol/contexts` of getsentry/relay). */
import { byteLength } from '../internal/text/byteLength.ts'
import type { JsonObject } from '../model/Json.ts'
import { shrink } from './shrink.ts'

/** The context itself if it fits. `around` are bytes that come beside it. */
export const fitContext = (context: JsonObject, around = 0): JsonObject => {
  const surplus = bytesOf(context) + around - MAX_CONTEXT_BYTES
  return surplus <= 0 ? context : shrink(context, surplus)
}

export const bytesOf = (value: unknown): number => byteLength(JSON.stringify(value))

export const MAX_CONTEXT_BYTES: number = 8 * 1024
