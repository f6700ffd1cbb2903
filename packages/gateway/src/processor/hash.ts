/**
 * The hash of an attribute as the Collector makes it: SHA-256 in hexadecimal digits. It was SHA-1 until 2023, and
 * SHA-256 is the only one since 0.85.
 *
 * Source: `internal/coreinternal/attraction/hasher.go` of open-telemetry/opentelemetry-collector-contrib, its pull request 22831.
 */
import { createHash } from 'node:crypto'
import type { AttributeValue } from '@sentry-exporter/core/Attributes'

/**
 * A text by its UTF-8, a number by its eight bytes, a boolean by one byte. Values of other types become an empty text, and so
 * does an empty text. `isDouble` is for whole numbers, which JavaScript cannot distinguish.
 */
export const hash = (value: AttributeValue, isDouble: boolean): string => {
  const bytes = bytesOf(value, isDouble)
  return bytes.length === 0 ? '' : createHash('sha256').update(bytes).digest('hex')
}

const bytesOf = (value: AttributeValue, isDouble: boolean): Uint8Array => {
  switch (typeof value) {
    case 'string':
      return Buffer.from(value, 'utf8')
    case 'boolean':
      return Uint8Array.of(value ? 1 : 0)
    case 'bigint':
      return integer(value)
    case 'number':
      return isDouble || !Number.isInteger(value) ? double(value) : integer(BigInt(value))
    default:
      return new Uint8Array()
  }
}

const integer = (value: bigint): Uint8Array => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigInt64(0, BigInt.asIntN(64, value), true)
  return bytes
}

const double = (value: number): Uint8Array => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setFloat64(0, value, true)
  return bytes
}
