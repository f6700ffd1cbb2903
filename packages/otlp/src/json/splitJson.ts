/**
 * Divides text that is not one JSON value into several: a value for each line, as the Collector's `file` exporter writes them, or
 * values one behind the other.
 *
 * Source: opentelemetry.io/docs/specs/otel/protocol/file-exporter ("JSON lines").
 */
import * as E from '#fp-ts/Either'
import * as DecodeError from '../DecodeError.ts'
import { parseJson } from './parseJson.ts'

// model

/** A value, or why it could not be parsed, and its place: `line 3`. */
export interface Piece {
  readonly place: string
  readonly value: E.Either<DecodeError.DecodeError, unknown>
}

/** Reading stops after so many pieces that cannot be parsed: each costs more time than one that can. */
const MAX_FAILURES = 10_000

// decoding

/** A piece for each line that is not blank. A line with several values has a piece for each. Lines count from `firstLine` on. */
export const lines = (text: string, firstLine = 1): ReadonlyArray<Piece> => {
  const pieces: Array<Piece> = []
  let number = firstLine - 1
  let failures = 0
  for (let at = 0; at <= text.length; ) {
    const end = text.indexOf('\n', at)
    const line = text.slice(at, end < 0 ? text.length : end)
    const place = `line ${++number}`
    for (const piece of line.trim() === '' ? [] : ofLine(line, place)) {
      pieces.push(piece)
      if (E.isLeft(piece.value)) failures++
    }
    if (end < 0) break
    if (failures > MAX_FAILURES) return [...pieces, unfinished(`the lines after ${place}`)]
    at = end + 1
  }
  return pieces
}

const ofLine = (line: string, place: string): ReadonlyArray<Piece> => {
  const value = parseJson(line)
  if (E.isRight(value)) return [{ place, value }]
  const several = values(line)
  return several.length > 1 && several.slice(0, -1).every((one) => E.isRight(one.value))
    ? several.map((one) => ({ ...one, place: `${place}, ${one.place}` }))
    : [{ place, value }]
}

const unfinished = (place: string): Piece => ({
  place,
  value: E.left(DecodeError.notJson(`not read, after ${MAX_FAILURES} values that are not JSON`)),
})

/**
 * A piece for each object or array at the top level of a text. Text between them is ignored if it is blank or a comma; any
 * other text is a piece of its own that cannot be parsed. One pass, without recursion.
 */
export const values = (text: string): ReadonlyArray<Piece> => {
  const pieces: Array<Piece> = []
  let failures = 0
  const push = (from: number, to: number): void => {
    const piece = text.slice(from, to)
    if (SEPARATOR.test(piece)) return
    const value = parseJson(piece)
    if (E.isLeft(value)) failures++
    pieces.push({ place: `value ${pieces.length + 1}`, value })
  }
  let depth = 0
  let from = 0
  let isInString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isInString) {
      if (code === BACKSLASH) at++
      else if (code === QUOTE) isInString = false
    } else if (code === QUOTE) isInString = true
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (depth === 0) {
        push(from, at)
        from = at
      }
      depth++
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      if (depth > 1) depth--
      else {
        push(from, at + 1)
        from = at + 1
        depth = 0
      }
      if (failures > MAX_FAILURES) return [...pieces, unfinished('the values after them')]
    }
  }
  push(from, text.length)
  return pieces
}

const SEPARATOR = /^[\s,]*$/

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
