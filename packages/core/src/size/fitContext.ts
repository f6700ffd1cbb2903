/**
 * Trims a context to the size that the server keeps: 8 KiB for each (`relay-event-schema/src/protocol/contexts` of
 * getsentry/relay).
 */
import { byteLength } from '../internal/text/byteLength.ts'
import type { JsonObject } from '../model/Json.ts'
import { shrink } from './shrink.ts'

/** Bytes of a context with the field `type`, which the server adds to it. */
export const MAX_CONTEXT_BYTES: number = 8 * 1024

/** Bytes of `"type":"cloud_resource",` and some more. */
const TYPE_BYTES = 64

/** The context itself if it fits. `around` is the number of bytes that enclose it. */
export const fitContext = (context: JsonObject, around = 0): JsonObject => {
  const surplus = bytesOf(context) + around + TYPE_BYTES - MAX_CONTEXT_BYTES
  return surplus <= 0 ? context : shrink(context, surplus)
}

/** Bytes of the value's JSON in UTF-8. */
export const bytesOf = (value: unknown): number => byteLength(JSON.stringify(value))
