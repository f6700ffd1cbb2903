/** The mutable notes of a reader while it walks spans: the parts that it left out, and values that were nested too deeply. */
import * as Losses from '@sentry-exporter/core/Losses'
import type { Rejected } from '@sentry-exporter/core/Rejected'

// model

export interface Findings {
  /** The first parts that could not be read. Their paths are relative to the value that is being read. */
  readonly places: Array<Rejected>
  /** All parts that could not be read. */
  parts: number
  /** Values that were nested too deeply and became null. */
  nested: number
}

/** Places that are kept of one batch. Further parts are only counted. */
const MAX_PLACES = 100

// constructors

export const start = (): Findings => ({ places: [], parts: 0, nested: 0 })

// transformations

/** A part is left out, and its whole is kept. */
export const skip = (findings: Findings, path: string, expected: string, actual: unknown): void => {
  findings.parts++
  if (findings.places.length < MAX_PLACES) {
    findings.places.push({ path, expected, actual: show(actual) })
  }
}

/** Prefixes the paths of the places from a number on with the one value of a list that contains them. */
export const inside = ({ places }: Findings, from: number, list: string, index: number): void => {
  for (let i = from; i < places.length; i++) {
    const place = places[i]
    if (place !== undefined) places[i] = { ...place, path: `${list}[${index}]${place.path}` }
  }
}

// folds

export const repairs = ({ parts, nested }: Findings): Losses.Losses =>
  Losses.ofCounts({ invalid_part: parts, nested })

/** The longest text that a message shows, in characters. */
const MAX_SHOWN = 40

/** Prints a value briefly for a message, without walking into it. */
export const show = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') return JSON.stringify(value.slice(0, MAX_SHOWN))
  return typeof value === 'number' || typeof value === 'boolean' || value === null
    ? String(value)
    : `a value of type ${typeof value}`
}
