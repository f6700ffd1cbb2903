/**
 * The fields of protobuf messages, one after the other, within the bounds of their message. A reader never leaves the
 * message, and never fails but by `failure`. Values of unknown fields are skipped.
 *
 * Source: protobuf.dev/programming-guides/encoding.
 */

import * as Losses from '@sentry-exporter/core/Losses'
import type { Rejected } from '@sentry-exporter/core/Rejected'
import { PbfReader } from 'pbf'
import * as KeyCache from './KeyCache.ts'

// model

/** A place that cannot be read. `path` is relative to the message that is being read. */
interface WireFailure extends Rejected {
  /** In bytes, from the start of the body. */
  readonly offset: number
}

/** The mutable state of one pass over a body. */
export interface Wire {
  readonly bytes: Uint8Array
  readonly pbf: PbfReader
  readonly keys: KeyCache.KeyCache
  /** The number and the wire type of the current field, as `tag` makes them. */
  tag: number
  /** The current value: its first byte, and the byte behind its last one. Without its length. */
  start: number
  stop: number
  /** The first failure in the current message. */
  failure: WireFailure | undefined
  /** Points of the current metric that are lost. Their paths are relative to the metric. */
  readonly rejected: Array<Rejected>
  /** The first parts that could not be read. Their paths are relative to the message that is being read. */
  readonly places: Array<Rejected>
  /** All parts that could not be read. */
  parts: number
  /** Characters that replace invalid UTF-8. */
  replaced: number
  /** Values that were nested too deeply and became null. */
  nested: number
  /** 64-bit integers beyond 2^53 that became numbers. */
  rounded: number
}

/** Wire types. Groups (3 and 4) are not part of OTLP. */
export const VARINT = 0
export const FIXED64 = 1
export const BYTES = 2
export const FIXED32 = 5

/** The longest varint: 64 bits, of which a byte has seven. */
const MAX_VARINT_BYTES = 10

/** Places that are kept of one request. Further parts are only counted. */
const MAX_PLACES = 100

const MAX_FIELD = 2 ** 29 - 1

// constructors

export const start = (bytes: Uint8Array): Wire => ({
  bytes,
  pbf: new PbfReader(bytes),
  keys: KeyCache.make(),
  tag: 0,
  start: 0,
  stop: 0,
  failure: undefined,
  rejected: [],
  places: [],
  parts: 0,
  replaced: 0,
  nested: 0,
  rounded: 0,
})

/** A field number with a wire type, as messages state them. */
export const tag = (field: number, type: number): number => field * 8 + type

// transformations

/** Records the first failure, at the current field. */
export const fail = (wire: Wire, path: string, expected: string, actual: string): void => {
  failAt(wire, wire.start, { path, expected, actual })
}

const failAt = (wire: Wire, offset: number, { path, expected, actual }: Rejected): void => {
  wire.failure ??= { path, expected, actual: `${actual} at byte ${offset}`, offset }
}

/** Prefixes the path of the failure with the path of the message that contains it. */
export const inside = (wire: Wire, path: string): void => {
  if (wire.failure !== undefined) {
    wire.failure = { ...wire.failure, path: path + wire.failure.path }
  }
}

/** A part that failed is left out, at this path of the current message, and the message is kept. */
export const skip = (wire: Wire, path: string): void => {
  inside(wire, path)
  wire.parts++
  if (wire.failure !== undefined && wire.places.length < MAX_PLACES) wire.places.push(wire.failure)
  wire.failure = undefined
}

/** Prefixes the paths of the places from a number on with the path of the message that contains them. */
export const placesInside = ({ places }: Wire, from: number, path: string): void => {
  for (let i = from; i < places.length; i++) {
    const place = places[i]
    if (place !== undefined) places[i] = { ...place, path: path + place.path }
  }
}

// decoding

/**
 * Moves to the next field before `end`: sets `tag`, `start` and `stop`, and the position to `start`. False at the end of the
 * message, and after a failure. The caller sets the position to `stop` when it has read the value.
 */
export const next = (wire: Wire, end: number): boolean => {
  const { pbf } = wire
  if (pbf.pos >= end || wire.failure !== undefined) return false
  const from = pbf.pos
  const found = varint(wire, end)
  if (wire.failure !== undefined) return false
  const type = found % 8
  const field = (found - type) / 8
  if (field === 0 || field > MAX_FIELD) {
    failAt(wire, from, { path: '', expected: 'a field number', actual: `${field}` })
    return false
  }
  wire.tag = found
  return delimit(wire, type, end)
}

/** Finds the end of a value of this wire type. */
const delimit = (wire: Wire, type: number, end: number): boolean => {
  const { pbf } = wire
  const from = pbf.pos
  wire.start = from
  if (type === BYTES) {
    const length = from < end ? varint(wire, end) : missing(wire, end)
    if (wire.failure !== undefined) return false
    wire.start = pbf.pos
    wire.stop = pbf.pos + length
  } else if (type === VARINT) {
    if (from < end) skipVarint(wire, end)
    else missing(wire, end)
    if (wire.failure !== undefined) return false
    wire.stop = pbf.pos
    pbf.pos = from
  } else if (type === FIXED64) wire.stop = from + 8
  else if (type === FIXED32) wire.stop = from + 4
  else {
    const expected = 'a wire type of OTLP (0, 1, 2 or 5)'
    failAt(wire, from, { path: '', expected, actual: `${type}` })
    return false
  }
  if (wire.stop <= end) return true
  const expected = `a value within the ${end - wire.start} bytes that are left`
  failAt(wire, wire.start, { path: '', expected, actual: `${wire.stop - wire.start} bytes` })
  return false
}

const missing = (wire: Wire, end: number): number => {
  failAt(wire, end, { path: '', expected: 'a value', actual: 'the end of the message' })
  return 0
}

/** A varint at the position, which is before `end`; exact up to 2^53. */
const varint = (wire: Wire, end: number): number => {
  const { bytes, pbf } = wire
  const from = pbf.pos
  const first = bytes[from] ?? 0
  const second = bytes[from + 1] ?? 0
  if (first < 0x80 || (second < 0x80 && from + 1 < end)) {
    // hot: once for each span. The lengths of spans take two bytes.
    pbf.pos = from + (first < 0x80 ? 1 : 2)
    return first < 0x80 ? first : (first & 0x7f) | (second << 7)
  }
  skipVarint(wire, end)
  if (wire.failure !== undefined) return 0
  pbf.pos = from
  return pbf.readVarint()
}

const skipVarint = (wire: Wire, end: number): void => {
  const { bytes, pbf } = wire
  const from = pbf.pos
  const limit = Math.min(end, from + MAX_VARINT_BYTES)
  let at = from
  while (at < limit && (bytes[at] ?? 0) >= 0x80) at++
  if (at === limit) {
    const isLong = limit - from === MAX_VARINT_BYTES
    failAt(wire, from, {
      path: '',
      expected: `a varint of at most ${MAX_VARINT_BYTES} bytes`,
      actual: isLong ? 'a longer one' : 'the end of the message in it',
    })
  }
  pbf.pos = at + 1
}

/** The number of bytes of the current value. */
export const lengthOf = (wire: Wire): number => wire.stop - wire.start

/** An unsigned 32-bit integer; protobuf cuts longer ones. */
export const uint32 = (wire: Wire): number => {
  const { bytes, start: from, stop } = wire
  if (stop - from === 1) return bytes[from] ?? 0
  let value = 0
  for (let i = Math.min(stop, from + 5) - 1; i >= from; i--) {
    value = (value << 7) | ((bytes[i] ?? 0) & 0x7f)
  }
  return value >>> 0
}

/** A signed 32-bit integer, as enums are sent. */
export const int32 = (wire: Wire): number => uint32(wire) | 0

/** A signed 64-bit integer: a number up to 2^53, and a bigint beyond. */
export const int64 = (wire: Wire): number | bigint => {
  const { bytes, pbf, start: from, stop } = wire
  // Seven bytes have 49 bits, and no sign.
  if (stop - from <= 7) return pbf.readVarint()
  let value = 0n
  for (let i = stop - 1; i >= from; i--) value = (value << 7n) | BigInt((bytes[i] ?? 0) & 0x7f)
  const exact = BigInt.asIntN(64, value)
  const number = Number(exact)
  return Number.isSafeInteger(number) ? number : exact
}

/** Whether any bit of a varint is set. */
export const bool = ({ bytes, start: from, stop }: Wire): boolean => {
  for (let i = from; i < stop; i++) if (((bytes[i] ?? 0) & 0x7f) !== 0) return true
  return false
}

export const double = (wire: Wire): number => wire.pbf.readDouble()

export const fixed32 = (wire: Wire): number => wire.pbf.readFixed32()

// folds

/** The repairs of the whole body, as losses. */
export const repairs = ({ nested, replaced, parts, rounded }: Wire): Losses.Losses =>
  Losses.ofCounts({ nested, utf8: replaced, invalid_part: parts, rounded })
