/** Frames with texts that the server takes. */
import type { StackFrame } from '@sentry-exporter/stacktrace/StackFrame'
import { shorten } from '../internal/text/cutBytes.ts'
import { characters } from '../model/ServerLimits.ts'

// model

export interface FittedFrame {
  readonly fitted: StackFrame
  /** Whether one of its texts is longer than the server takes. */
  readonly isCut: boolean
}

const { frameFunction: MAX_FUNCTION, framePath: MAX_PATH } = characters

/** A whole path or a URL. */
const WHOLE_PATH = /^(?:\/|[a-zA-Z]:[\\/]|\\\\|[a-zA-Z][\w+.-]{1,30}:\/\/)/

/** Half of a character that was cut in two. */
const LOW_SURROGATE = /^[\udc00-\udfff]/

// constructors

/** A whole path is `abs_path` too: source maps are looked up by it. */
export const of = (frame: StackFrame): FittedFrame => {
  const { filename, abs_path: path } = frame
  const isWhole = path === undefined && filename !== undefined && WHOLE_PATH.test(filename)
  const isCut = isLong(frame)
  // hot: once for each frame; most need nothing.
  if (!isWhole && !isCut) return { fitted: frame, isCut }
  const fitted: { -readonly [Key in keyof StackFrame]: StackFrame[Key] } = Object.assign({}, frame)
  if (frame.function !== undefined) fitted.function = shorten(frame.function, MAX_FUNCTION)
  if (filename !== undefined) fitted.filename = cutStart(filename, MAX_PATH)
  const whole = isWhole ? filename : path
  if (whole !== undefined) fitted.abs_path = cutStart(whole, MAX_PATH)
  return { fitted, isCut }
}

/** The frames of an exception. */
export interface FittedFrames {
  readonly frames: ReadonlyArray<StackFrame>
  /** The number of frames with a text that is longer than the server takes. */
  readonly cuts: number
}

export const ofAll = (frames: ReadonlyArray<StackFrame>): FittedFrames => fittedBy(frames, of)

/**
 * `ofAll` for many exceptions. Parsers give the same frozen frame for a line that they remember, and the same frozen list for equal
 * stacks; their results are remembered for as long as these live, and are frozen too.
 */
export const once = (): ((frames: ReadonlyArray<StackFrame>) => FittedFrames) => {
  const results = new WeakMap<StackFrame, FittedFrame>()
  const lists = new WeakMap<ReadonlyArray<StackFrame>, FittedFrames>()
  const fit = (frame: StackFrame): FittedFrame => {
    const known = results.get(frame)
    if (known !== undefined) return known
    const result = of(frame)
    if (Object.isFrozen(frame)) {
      Object.freeze(result.fitted)
      results.set(frame, result)
    }
    return result
  }
  return (frames) => {
    const known = lists.get(frames)
    if (known !== undefined) return known
    const result = fittedBy(frames, fit)
    if (Object.isFrozen(frames)) {
      Object.freeze(result.frames)
      lists.set(frames, result)
    }
    return result
  }
}

const fittedBy = (
  frames: ReadonlyArray<StackFrame>,
  fit: (frame: StackFrame) => FittedFrame,
): FittedFrames => {
  let cuts = 0
  const made = frames.map((frame) => {
    const { fitted, isCut } = fit(frame)
    if (isCut) cuts++
    return fitted
  })
  return { frames: made, cuts }
}

// guards

const isLong = ({ function: name, filename, abs_path: path }: StackFrame): boolean =>
  (name !== undefined && name.length > MAX_FUNCTION) ||
  (filename !== undefined && filename.length > MAX_PATH) ||
  (path !== undefined && path.length > MAX_PATH)

// transformations

/** The end of a path names the file. */
const cutStart = (text: string, maxCharacters: number): string =>
  text.length <= maxCharacters
    ? text
    : `...${text.slice(3 - maxCharacters).replace(LOW_SURROGATE, '')}`
