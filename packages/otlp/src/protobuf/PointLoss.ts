/** The points of a metric that are lost. Each is rejected with its own place, and its parts are not counted beside it. */
import type { Rejected } from '@sentry-exporter/core/Rejected'
import * as Wire from './Wire.ts'

// model

/** The counts of a wire before a point or an exemplar is read. */
export type WireMark = Pick<Wire.Wire, 'parts' | 'replaced' | 'nested' | 'rounded'> & {
  readonly places: number
}

// constructors

export const mark = ({ parts, replaced, nested, rounded, places }: Wire.Wire): WireMark => ({
  parts,
  replaced,
  nested,
  rounded,
  places: places.length,
})

// transformations

/** Takes the counts back to a mark. The failure stays. */
export const reset = (wire: Wire.Wire, before: WireMark): void => {
  wire.parts = before.parts
  wire.replaced = before.replaced
  wire.nested = before.nested
  wire.rounded = before.rounded
  wire.places.length = before.places
}

/** The failure costs one point of the current metric, at a path. */
export const losePoint = (wire: Wire.Wire, path: string, before: WireMark): void => {
  reset(wire, before)
  Wire.inside(wire, path)
  if (wire.failure !== undefined) wire.rejected.push(wire.failure)
  wire.failure = undefined
}

/** Moves the points of the current metric that are lost to a list, and prefixes their paths. */
export const takeRejected = (
  { rejected }: Wire.Wire,
  path: string,
  into: Array<Rejected>,
): void => {
  for (const one of rejected) into.push({ ...one, path: path + one.path })
  rejected.length = 0
}
