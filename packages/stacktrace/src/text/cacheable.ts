/** Makes parsers that can remember the frames of lines. */
import type { Parser } from '../Parser.ts'
import * as LineCache from './LineCache.ts'

/**
 * The parser of a format, whose frames are found line by line by `read`; `of` makes it from a function with the results of `read`.
 * `cached` is not enumerable: a copy `{ ...parser, parse }` with another `parse` must not keep the cached form of this one.
 */
export const cacheable = <A extends object>(
  read: (line: string) => A | undefined,
  of: (read: (line: string) => A | undefined) => Parser,
): Parser =>
  Object.freeze(
    Object.defineProperty(of(read), 'cached', {
      value: (bounds?: LineCache.CacheBounds) => of(LineCache.remembered(read, bounds)),
    }),
  )
