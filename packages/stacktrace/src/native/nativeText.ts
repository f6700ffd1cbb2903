/** Reads a text with one frame of a native stack in each line; only the attributes have its type and message. */
import type { ParsedException } from '../ParsedException.ts'
import type { Source } from '../Parser.ts'
import * as Header from '../text/Header.ts'
import * as Lines from '../text/Lines.ts'
import * as Message from '../text/Message.ts'
import * as NumberedFrame from './numberedFrame.ts'

// model

/** Reads one line. With `isCut`, it is the last line of a text that was cut. */
export type ParseLine = (line: string, isCut: boolean) => NumberedFrame.NumberedFrame | undefined

// guards

/** Whether a line of the text is a frame. */
export const isRecognised =
  (parseLine: ParseLine) =>
  (stacktrace: string): boolean =>
    Lines.split(stacktrace).some((line) => parseLine(line, false) !== undefined)

// decoding

/** The one exception of the text. */
export const parse =
  (parseLine: ParseLine) =>
  (source: Source): ReadonlyArray<ParsedException> => {
    const { stacktrace } = source
    const isFrame = (line: string): boolean => parseLine(line, false) !== undefined
    const header = Header.read(stacktrace, source, isFrame)
    const body = stacktrace.slice(header.isCertain ? header.end : 0)
    const lines = Lines.split(Message.condense(body, source.message))
    const isCut = Lines.isCut(stacktrace)
    const numbered = lines
      .map((line, i) => parseLine(line, isCut && i === lines.length - 1))
      .filter((each) => each !== undefined)
    const value = source.message ?? header.value
    return [{ type: source.type ?? '', value, frames: NumberedFrame.oldestFirst(numbered) }]
  }
