/** Nanoseconds since 1970, which protobuf has in 64 bits. */
import * as Micros from '@sentry-exporter/core/Micros'
import type { Wire } from './Wire.ts'

// decoding

/** The current value in microseconds. */
export const micros = ({ pbf }: Wire): Micros.Micros => {
  const low = pbf.readFixed32()
  return Micros.fromNanoWords(pbf.readFixed32(), low)
}

/** The nanoseconds of the current value that `micros` cuts off. */
export const nanosAfter = ({ pbf, start }: Wire): number => {
  pbf.pos = start
  const low = pbf.readFixed32()
  return Micros.nanosAfterWords(pbf.readFixed32(), low)
}
