/** Makes parsers that can remember the frames of lines. */
import type { Parser } from '../Parser.ts'
import * as LineCache from './LineCache.ts'

/** Remembers the results of a function of texts, or none of them. */
export type Keep = <A extends object>(
  read: (text: string) => A | undefined,
) => (text: string) => A | undefined

/** Stacks of some hundred places. */
const BODY_BOUNDS: LineCache.CacheBounds = /* @__PURE__ */ Object.freeze({
  lines: 256,
  characters: 131_072,
  longest: 8_192,
})

/**
 * The parser of a format, whose frames are found line by line by `read`; `of` makes it from a function with the results of `read`,
 * and from one that can remember whole texts of many lines: a program fails at few places, whose stacks are equal but for the
 * message.
 * `cached` is not enumerable: a copy `{ ...parser, parse }` with another `parse` must not keep the cached form of this one.
 */
export const cacheable = <A extends object>(
  read: (line: string) => A | undefined,
  of: (read: (line: string) => A | undefined, keep: Keep) => Parser,
): Parser =>
  Object.freeze(
    Object.defineProperty(
      of(read, (readText) => readText),
      'cached',
      {
        value: (bounds?: LineCache.CacheBounds) =>
          of(LineCache.remembered(read, bounds), (readText) =>
            LineCache.remembered(readText, BODY_BOUNDS),
          ),
      },
    ),
  )
