/** Writes protobuf messages field by field, also such as no encoder writes. */

// constructors

export const varint = (value: number | bigint): ReadonlyArray<number> => {
  const bytes: Array<number> = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  return [...bytes, Number(rest)]
}

export type Field = ReadonlyArray<number>

const head = (field: number, type: number): ReadonlyArray<number> =>
  varint((BigInt(field) << 3n) | BigInt(type))

export const bytes = (field: number, content: Iterable<number>): Field => {
  const list = [...content]
  return [...head(field, 2), ...varint(list.length), ...list]
}

export const text = (field: number, content: string): Field => bytes(field, Buffer.from(content))

export const number = (field: number, value: number | bigint): Field => [
  ...head(field, 0),
  ...varint(value),
]

export const fixed64 = (field: number, value: bigint): Field => {
  const buffer = Buffer.alloc(8)
  buffer.writeBigUInt64LE(value)
  return [...head(field, 1), ...buffer]
}

export const double = (field: number, value: number): Field => [
  ...head(field, 1),
  ...packed.doubles(value),
]

/** The contents of packed fields. */
export const packed = {
  fixed64: (...values: ReadonlyArray<bigint>): ReadonlyArray<number> =>
    values.flatMap((value) => fixed64(1, value).slice(1)),
  doubles: (...values: ReadonlyArray<number>): ReadonlyArray<number> =>
    values.flatMap((value) => {
      const buffer = Buffer.alloc(8)
      buffer.writeDoubleLE(value)
      return [...buffer]
    }),
  varints: (...values: ReadonlyArray<number | bigint>): ReadonlyArray<number> =>
    values.flatMap(varint),
} as const

/** A signed integer whose lowest bit is its sign. */
export const zigzag = (field: number, value: number): Field =>
  number(field, value < 0 ? -2 * value - 1 : 2 * value)

export const message = (field: number, ...fields: ReadonlyArray<Field>): Field =>
  bytes(field, fields.flat())

/** The start of a group, which OTLP has not. */
export const group = (field: number): Field => head(field, 3)

export const body = (...fields: ReadonlyArray<Field>): Uint8Array => new Uint8Array(fields.flat())
