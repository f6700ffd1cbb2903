/**
 * The size of a value as the server counts it against the limit of a context: without the names of its fields
 * (`relay-event-normalization/src/trimming.rs` of getsentry/relay). Keys of free choice are counted here to be safe. A root
 * keeps 137 links of this size, measured against Relay 26.9.0; JSON in UTF-8 of the same size would be 104.
 */
import { bytesOf } from './fitContext.ts'

/** Measured, not known from the sources. */
const CONTAINER_BYTES = 4

const SEPARATOR_BYTES = 1

export const serverBytesOf = (value: object): number => {
  let bytes = CONTAINER_BYTES
  for (const [key, child] of Object.entries(value)) {
    if (child === undefined) continue
    // Objects within a link are its attributes, and the keys of those are of free choice.
    bytes +=
      typeof child === 'object' && child !== null
        ? CONTAINER_BYTES + bytesOf({ [key]: child })
        : bytesOf(child) + SEPARATOR_BYTES
  }
  return bytes
}
