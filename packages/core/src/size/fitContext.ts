/**
 * Trims a context to the size that the server keeps: 8 KiB for each (`relay-event-schema/src/protocol/contexts` of
 * getsentry/relay).
 */
import { byteLength } from '../internal/text/byteLength.ts'
import type { JsonObject } from '../model/Json.ts'
import { shrink } from './shrink.ts'

export const MAX_CONTEXT_BYTES: number = 8 * 1024

/** The context itself if it fits. `around` is the number of bytes that enclose it. */
export const fitContext = (context: JsonObject, around = 0): JsonObject => {
  const surplus = bytesOf(context) + around - MAX_CONTEXT_BYTES
  return surplus <= 0 ? context : shrink(context, surplus)
}

/** Bytes of the value's JSON in UTF-8. */
export const bytesOf = (value: unknown): number => byteLength(JSON.stringify(value))
