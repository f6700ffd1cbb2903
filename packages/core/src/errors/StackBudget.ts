/**
 * Bounds the work of one step on texts that hold no frames: a request can hold thousands of stacks, each of thousands of short
 * lines, and each line is tried by many parsers. Above the bound, stacks of the step are not parsed; their text is kept.
 *
 * The unit is a line that a parser read without finding a frame. Stacks of real programs cost almost nothing: most of their lines
 * are frames. The bound depends on the input of the step alone, and never on time.
 */
import type { Parser } from '@sentry-exporter/stacktrace/Parser'

// model

/** Mutable; one owner, who starts it again for each step. */
export interface StackBudget {
  readonly start: () => void
  /** The parsers, which find nothing any more when the budget is used up. */
  readonly parsers: ReadonlyArray<Parser>
  /** Whether a stack was not parsed since the start. */
  readonly isUsedUp: () => boolean
}

/** Lines without a frame that a step may read. */
const MAX_LINES = 200_000

/** A frame pays for so many lines: for its own, for the source line below it, and for the search of its parser. */
const LINES_PER_FRAME = 8

// constructors

export const of = (parsers: ReadonlyArray<Parser>): StackBudget => {
  let used = 0
  let isRefused = false
  const isLeft = (): boolean => {
    if (used <= MAX_LINES) return true
    isRefused = true
    return false
  }
  return {
    start: () => {
      used = 0
      isRefused = false
    },
    isUsedUp: () => isRefused,
    parsers: parsers.map((parser) => ({
      ...parser,
      recognises: (text) => {
        if (!isLeft()) return false
        const isRecognised = parser.recognises(text)
        if (!isRecognised) used += linesIn(text)
        return isRecognised
      },
      parse: (source) => {
        if (!isLeft()) {
          return [{ type: source.type ?? '', value: source.message ?? '', frames: [] }]
        }
        const exceptions = parser.parse(source)
        let frames = 0
        for (const one of exceptions) frames += one.frames.length
        used = Math.max(0, used + linesIn(source.stacktrace) - frames * LINES_PER_FRAME)
        return exceptions
      },
    })),
  }
}

const linesIn = (text: string): number => {
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}
