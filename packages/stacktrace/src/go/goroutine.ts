/**
 * The stack of a goroutine, the call that threw first.
 *
 * Source: `runtime.Stack`, whose text OpenTelemetry cuts at 2048 bytes.
 */
import type { StackFrame } from '../StackFrame.ts'
import * as GoFrame from './frame.ts'

// model

const HEADER = /^goroutine \d{1,19} (?:[^[\]]{0,200} )?\[[^\]]{0,200}\]:$/

// guards

/** Whether a line is `goroutine 1 [running]:`. */
export const isHeader = (line: string): boolean => HEADER.test(line.trim())

// decoding

/** The frames in the lines behind the header. With `isCut`, the last line may be incomplete. */
export const parse = (lines: ReadonlyArray<string>, isCut: boolean): ReadonlyArray<StackFrame> => {
  const frames: Array<StackFrame> = []
  let hasOffsets = false
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? ''
    if (isHeader(line)) break
    if (line.trimStart().startsWith('created by ')) {
      i++
      continue
    }
    const isLast = isCut && i === lines.length - 1
    const callee = GoFrame.calleeIn(line, isLast)
    if (callee === undefined) continue
    const location = GoFrame.locationIn(lines[i + 1] ?? '')
    // In the last line of a cut text, a line number without the offset that others have may be incomplete.
    const isLocationCut =
      isCut &&
      i + 2 === lines.length &&
      (location === undefined || (hasOffsets && !location.isComplete))
    if (isLast || isLocationCut) frames.push(GoFrame.make(callee, undefined))
    else if (location !== undefined) frames.push(GoFrame.make(callee, location))
    hasOffsets ||= location?.isComplete === true
    if (location !== undefined || isLocationCut) i++
  }
  return frames
}
