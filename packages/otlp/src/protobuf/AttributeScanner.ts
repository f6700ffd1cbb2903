/**
 * Scans an attribute of a span: finds the place of a text, and decodes any other value. Hot: runs once for each attribute.
 * Source: `opentelemetry/proto/common/v1/common.proto`.
 */
import { type KeyPlans, ScannedSpan } from '@sentry-exporter/core/pipeline'
import * as Text from './Text.ts'
import * as ValueReader from './ValueReader.ts'
import type * as Wire from './Wire.ts'

// model

const KEY = 0x0a
const VALUE = 0x12

const STRING = 0x0a
const BOOL = 0x10
const INT = 0x18
const DOUBLE = 0x21

/** Seven bytes have 49 bits, and no sign. */
const MAX_INT_BYTES = 7

// decoding

/** Whether the bytes are one attribute in the encoding that senders write, and can be read. */
export const scanAttribute = (
  {
    plans,
    scanned,
  }: { readonly plans: KeyPlans.KeyPlans; readonly scanned: ScannedSpan.ScannedSpan },
  wire: Wire.Wire,
  from: number,
  to: number,
): boolean => {
  const { bytes } = wire
  const keyFrom = from + 2
  const keyTo = keyFrom + (bytes[from + 1] ?? 0)
  if (bytes[from] !== KEY || keyTo - keyFrom >= 0x80 || keyTo + 2 > to || bytes[keyTo] !== VALUE) {
    return false
  }
  const valueFrom = startOf(bytes, keyTo + 1, to)
  if (valueFrom < 0 || valueFrom >= to) return false
  const { attributes, fields } = scanned
  if (attributes.count >= ScannedSpan.MAX_ATTRIBUTES) return false
  const plan =
    plans.nextOfBytes(attributes.source, keyFrom, keyTo) ??
    plans.nextOfText(keyOf(wire, keyFrom, keyTo))
  const tag = bytes[valueFrom]
  if (tag === STRING) {
    const textFrom = startOf(bytes, valueFrom + 1, to)
    if (textFrom < 0) return false
    ScannedSpan.addText(attributes, plan, textFrom, to)
    return true
  }
  if (tag === BOOL) {
    const bit = bytes[valueFrom + 1] ?? 0
    if (valueFrom + 2 !== to || bit > 1) return false
    ScannedSpan.addValue(attributes, plan, bit === 1)
    return true
  }
  if (tag === INT) {
    const value = shortInt(bytes, valueFrom + 1, to)
    if (value >= 0) {
      ScannedSpan.addValue(attributes, plan, value)
      return true
    }
  }
  const value = anyValue(wire, valueFrom, to)
  if (wire.failure !== undefined) return false
  if (tag === DOUBLE && Number.isInteger(value)) {
    fields.doubles = [...(fields.doubles ?? []), plan.key]
  }
  ScannedSpan.addValue(attributes, plan, value)
  return true
}

/** The start of a value behind its length, if it ends at `to`; else -1. */
const startOf = (bytes: Uint8Array, at: number, to: number): number => {
  const first = bytes[at] ?? 0
  if (first < 0x80) return at + 1 + first === to ? at + 1 : -1
  const second = bytes[at + 1] ?? 0
  if (second >= 0x80) return -1
  return at + 2 + ((first & 0x7f) | (second << 7)) === to ? at + 2 : -1
}

const keyOf = (wire: Wire.Wire, from: number, to: number): string => {
  wire.start = from
  wire.stop = to
  return Text.key(wire)
}

/** An integer from 0 of a few bytes that end at `to`; -1 for any other. */
const shortInt = (bytes: Uint8Array, from: number, to: number): number => {
  if (to - from < 1 || to - from > MAX_INT_BYTES || (bytes[to - 1] ?? 0) >= 0x80) return -1
  let value = 0
  for (let i = to - 1; i >= from; i--) {
    const byte = bytes[i] ?? 0
    if (i < to - 1 && byte < 0x80) return -1
    value = value * 0x80 + (byte & 0x7f)
  }
  return value
}

const anyValue = (
  wire: Wire.Wire,
  from: number,
  to: number,
): ReturnType<typeof ValueReader.anyValue> => {
  wire.start = from
  wire.stop = to
  wire.pbf.pos = from
  return ValueReader.anyValue(wire, 0)
}
