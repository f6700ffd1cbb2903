/**
 * The numbers of metrics. Integers of 64 bits become doubles; beyond 2^53 they are rounded, which is counted. A repeated number
 * may be sent one at a time or packed: several values in the bytes of one field.
 *
 * Source: protobuf.dev/programming-guides/encoding.
 */
import * as Wire from './Wire.ts'

// model

const TWO_32 = 2 ** 32

/** Seven bytes of a varint have 49 bits. */
const MAX_EXACT_BYTES = 7

/** The longest varint. */
const MAX_VARINT_BYTES = 10

// decoding

/** The current value, unsigned. */
export const fixed64 = (wire: Wire.Wire): number => {
  const low = wire.pbf.readFixed32()
  return tracked(wire, wire.pbf.readFixed32() * TWO_32 + low)
}

/** The current value, signed. */
export const sfixed64 = (wire: Wire.Wire): number => {
  const low = wire.pbf.readFixed32()
  return tracked(wire, (wire.pbf.readFixed32() | 0) * TWO_32 + low)
}

/** The current varint, whose lowest bit is the sign. */
export const sint32 = (wire: Wire.Wire): number => {
  const bits = Wire.uint32(wire)
  return (bits >>> 1) ^ -(bits & 1)
}

const tracked = (wire: Wire.Wire, value: number): number => {
  if (!Number.isSafeInteger(value)) wire.rounded++
  return value
}

/** Adds packed integers of 64 bits. The failure in the wire is at a path of the current message. */
export const packedFixed64 = (wire: Wire.Wire, into: Array<number>, path: string): void => {
  if (!isWhole(wire, path)) return
  while (wire.pbf.pos < wire.stop) into.push(fixed64(wire))
}

export const packedDoubles = (wire: Wire.Wire, into: Array<number>, path: string): void => {
  if (!isWhole(wire, path)) return
  while (wire.pbf.pos < wire.stop) into.push(wire.pbf.readDouble())
}

/** Whether the current value consists of groups of 8 bytes. */
const isWhole = (wire: Wire.Wire, path: string): boolean => {
  const length = Wire.lengthOf(wire)
  if (length % 8 === 0) return true
  Wire.fail(wire, path, 'packed numbers of 8 bytes', `${length} bytes`)
  return false
}

/** Adds packed varints, unsigned. */
export const packedVarints = (wire: Wire.Wire, into: Array<number>, path: string): void => {
  const { bytes, stop } = wire
  let from = wire.start
  for (let at = from; at < stop; at++) {
    if ((bytes[at] ?? 0) >= 0x80) continue
    if (at - from >= MAX_VARINT_BYTES) break
    into.push(varintOf(wire, from, at + 1))
    from = at + 1
  }
  if (from < stop) {
    const expected = `packed varints of at most ${MAX_VARINT_BYTES} bytes`
    Wire.fail(wire, path, expected, `${stop - from} other bytes`)
  }
}

/** The current varint, unsigned. */
export const uint64 = (wire: Wire.Wire): number => varintOf(wire, wire.start, wire.stop)

const varintOf = (wire: Wire.Wire, from: number, to: number): number => {
  const { bytes } = wire
  if (to - from > MAX_EXACT_BYTES) return tracked(wire, longVarint(bytes, from, to))
  let value = 0
  for (let i = to - 1; i >= from; i--) value = value * 0x80 + ((bytes[i] ?? 0) & 0x7f)
  return value
}

const longVarint = (bytes: Uint8Array, from: number, to: number): number => {
  let value = 0n
  for (let i = to - 1; i >= from; i--) value = (value << 7n) | BigInt((bytes[i] ?? 0) & 0x7f)
  return Number(BigInt.asUintN(64, value))
}
