/**
 * One line of a Swift stack: `3  Shop-iOS  0x0000000104f2c1d4 $s8Shop + 132` of Apple's `callStackSymbols`; on Linux
 * `1 [ra] 0x55d0 level3() + 20 in Shop at /srv/main.swift:12:5` of Swift's own backtraces, `0x55d0, main at /srv/a.swift:3`
 * of swift-backtrace, or the line of glibc.
 */
import * as GlibcFrame from './glibcFrame.ts'
import * as NumberedFrame from './numberedFrame.ts'
import { isSystemImage } from './systemImages.ts'

// model

interface SwiftParts extends NumberedFrame.NativeParts {
  /** Whether the line itself marks the frame as one of the system. */
  readonly isSystem?: boolean
}

/** In characters. */
const MAX_LINE = 4096

const ADDRESS = /\s(0x[\da-f]{8,16})\s+/

// constructors

const make = (parts: SwiftParts): NumberedFrame.NumberedFrame => {
  const text = parts.symbol ?? ''
  const symbol = /^(?:0x[\da-f]+|<unavailable>|)$/.test(text) ? undefined : text
  const image = parts.image === '???' ? undefined : parts.image
  const isOwn = parts.isSystem !== true && isInApp(image, parts.filename)
  return NumberedFrame.make({ ...parts, symbol, image }, isOwn)
}

// guards

/** Without an image, only a source file shows that the code is in the app, unless the compiler generated the file. */
const isInApp = (image: string | undefined, filename: string | undefined): boolean =>
  !image
    ? filename !== undefined && !/^\/?<|^\/(?:usr|lib)\/|\/\.build\/checkouts\//.test(filename)
    : !isSystemImage(image)

// decoding

/** Names of images may contain blanks and hyphens; they end at the address, which is always complete. */
const apple = (text: string): SwiftParts | undefined => {
  const start = /^(\d{1,5})\s+(?=\S)/.exec(text)
  const address = ADDRESS.exec(text)
  if (start === null || address === null || address.index < start[0].length) return undefined
  const rest = text.slice(address.index + address[0].length)
  if (ADDRESS.test(rest)) return undefined
  const [, symbol, , filename, lineno] =
    /^(.+) \+ (\d+)(?: \(([^()]+):(\d{1,9})\))?$/.exec(rest) ?? []
  const image = text.slice(start[0].length, address.index).trim()
  return symbol === undefined
    ? undefined
    : { number: start[1], image, address: address[1], symbol, filename, lineno }
}

const swift = (text: string, isCut: boolean): SwiftParts | undefined => {
  const start = /^(\d{1,5})\s+((?:\[[a-z]{1,20}\]\s+){0,4})(?:(0x[\da-f]{1,16})\s+)?(?=\S)/.exec(
    text,
  )
  if (start === null) return undefined
  const rest = text.slice(start[0].length)
  const at = rest.lastIndexOf(' at ')
  const [, filename, lineno, colno] =
    (at < 0 ? null : /^(.*?)(?::(\d{1,9})(?::(\d{1,9}))?)?$/.exec(rest.slice(at + 4))) ?? []
  const call = filename === undefined ? rest : rest.slice(0, at)
  const inside = call.lastIndexOf(' in ')
  const image = call.slice(inside + 4)
  // Code of the compiler and of the runtime has a path without a line.
  const isLocated = lineno !== undefined || filename?.startsWith('/') === true
  const isComplete = isLocated || (start[3] !== undefined && !isCut)
  if (inside < 0 || !isComplete || /\s/.test(image)) return undefined
  return {
    number: start[1],
    address: start[3],
    symbol: call.slice(0, inside).replace(/ \+ \d+$/, ''),
    image,
    filename,
    lineno,
    colno,
    isSystem: start[2]?.includes('[system]') === true,
  }
}

const swiftBacktrace = (text: string): SwiftParts | undefined => {
  const start = /^(0x[\da-f]{1,16}), (?=\S)/.exec(text)
  const at = text.lastIndexOf(' at ')
  const [, filename, lineno] = /^(.+):(\d{1,9})$/.exec(text.slice(at + 4)) ?? []
  return start === null || at < start[0].length || filename === undefined
    ? undefined
    : { address: start[1], symbol: text.slice(start[0].length, at), filename, lineno }
}

const FORMATS: ReadonlyArray<(text: string, isCut: boolean) => SwiftParts | undefined> = [
  apple,
  swift,
  swiftBacktrace,
  GlibcFrame.parse,
]

/** The frame in a line, `undefined` if there is none. With `isCut` (the last line of a cut text), its end must be visible. */
export const parse = (line: string, isCut: boolean): NumberedFrame.NumberedFrame | undefined => {
  const text = line.trim()
  if (text.length > MAX_LINE) return undefined
  for (const format of FORMATS) {
    const parts = format(text, isCut)
    if (parts !== undefined) return make(parts)
  }
  return undefined
}
