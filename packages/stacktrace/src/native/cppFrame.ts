/**
 * One line of a C++ stack in the format of the library that printed it: `std::stacktrace` and Boost.Stacktrace, MSVC,
 * backward-cpp, glibc, gdb and cpptrace, the sanitizers, glog.
 */
import { openingOf } from '../text/brackets.ts'
import * as CppSymbol from './cppSymbol.ts'
import * as GlibcFrame from './glibcFrame.ts'
import * as NumberedFrame from './numberedFrame.ts'

// model

interface CppParts extends NumberedFrame.NativeParts {
  /** Whether the symbol is at the end of the line, so that a cut through it would not be visible. */
  readonly endsWithSymbol?: boolean
}

/** In characters. */
const MAX_LINE = 8192

const UNKNOWN_SYMBOLS: ReadonlySet<string> = new Set(['', '??', '(unknown)'])

const SYSTEM_FILE =
  /^\/usr\/(?:include|lib|local\/include|src)\/|^(?:\.\.?\/)*(?:sysdeps|csu|nptl|misc)\/|\/glibc[^/]*\/|\/(?:vctools|crt|MSVC|ucrt|Windows Kits)\//

const SYSTEM_IMAGE =
  /^\/(?:usr\/)?lib\d*\/|^linux-vdso|^(?:ntdll|kernel(?:32|base)|ucrtbase\w*|vcruntime\w*|msvcp\w*)(?:\.dll)?$/i

// constructors

const make = (parts: CppParts): NumberedFrame.NumberedFrame => {
  const text = parts.symbol?.trim() ?? ''
  const isAddress = /^0x[\da-f]+$/i.test(text)
  const symbol = isAddress || UNKNOWN_SYMBOLS.has(text) ? undefined : text
  const address = parts.address ?? (isAddress ? text : undefined)
  const isLibrary = symbol !== undefined && CppSymbol.isLibrary(symbol)
  return NumberedFrame.make({ ...parts, symbol, address }, !isLibrary && !isSystem(parts))
}

// guards

/** A header or an image of the system. The paths of glibc are those in which it was built. */
const isSystem = ({ filename = '', image = '' }: CppParts): boolean =>
  SYSTEM_FILE.test(filename.replaceAll('\\', '/')) || SYSTEM_IMAGE.test(image)

// decoding

/** ` 0# shop::pay(int) at /srv/shop.cpp:24 (discriminator 2)`, ` 1# main in ./shop`, ` 2# 0x55D5 in ./shop` */
const boost = (text: string): CppParts | undefined => {
  const [start, number] = /^(\d{1,5})# +(?=\S)/.exec(text) ?? []
  if (start === undefined) return undefined
  const [tail = '', address] =
    /(?: \(discriminator \d+\))?(?: \[(0x[\da-f]{1,16})\])?$/i.exec(text) ?? []
  const rest = text.slice(start.length, text.length - tail.length)
  const { before, location } = locationBehind(rest, ' at ')
  if (location !== undefined) return { number, symbol: before, ...location, address }
  const image = rest.lastIndexOf(' in ')
  return image < 0
    ? { number, symbol: rest, address, endsWithSymbol: true }
    : { number, symbol: rest.slice(0, image), image: rest.slice(image + 4), address }
}

/** `0> C:\src\shop.cpp(24): shop!shop::pay+0x2B` */
const msvc = (text: string): CppParts | undefined => {
  const [, number, filename, lineno, image, symbol, offset] =
    /^(\d{1,5})> (?:([^()]+)\((\d{1,9})\): )?([^!\s]+)!(\S.*?)(\+0x[\da-f]{1,16})?$/i.exec(text) ??
    []
  const endsWithSymbol = offset === undefined
  return number === undefined
    ? undefined
    : { number, filename, lineno, image, symbol, endsWithSymbol }
}

/** `#4    Source "/srv/shop.cpp", line 37, in hidden [0x55d5]`, `#1  Object "./shop", at 0x55d5, in _start` */
const backward = (text: string): CppParts | undefined => {
  const [start, number] = /^(?:#(\d{1,5}) +)?(?:\| )?(?=Source "|Object ")/.exec(text) ?? []
  if (start === undefined) return undefined
  const rest = text.slice(start.length)
  const [, image, at, symbolIn] =
    /^Object "([^"]*)", at (0x[\da-f]{1,16}), in ?(.*)$/i.exec(rest) ?? []
  if (image !== undefined)
    return { number, image, address: at, symbol: symbolIn, endsWithSymbol: true }
  const [, filename, lineno, symbol, address] =
    /^Source "([^"]*)", line (\d{1,9}), in ?(.*?)(?: \[(0x[\da-f]{1,16})\])?$/i.exec(rest) ?? []
  const endsWithSymbol = address === undefined
  return filename === undefined
    ? undefined
    : { number, filename, lineno, symbol, address, endsWithSymbol }
}

/**
 * `#1  0x55d5 in shop::pay (n=1) at shop.cpp:12`, `#2  main () from /lib/x.so`,
 * `#3 0x55d5 in main /srv/shop.cpp:12:5`, `#4 0x55d5 in f (/lib/x.so+0x12)`, `#5 0x55d5 (./shop+0x12)`
 */
const debugged = (text: string): CppParts | undefined => {
  const [start, number, address] =
    /^#(\d{1,5}) +(?:(0x[\da-f]{1,16}) (?:in )?)?(?=\S)/i.exec(text) ?? []
  if (start === undefined) return undefined
  const rest = text.slice(start.length).replace(/ \(BuildId: \S*\)$/, '')
  const { before, location } = locationBehind(rest, ' at ')
  if (location !== undefined)
    return address === undefined && !hasValues(before)
      ? undefined
      : { number, address, symbol: withoutValues(before), ...location }
  const open = rest.endsWith(')') ? rest.lastIndexOf('(') : -1
  const image = open < 0 ? undefined : /^\((\S+)\+0x[\da-f]{1,16}\)$/i.exec(rest.slice(open))?.[1]
  if (image !== undefined) return { number, address, symbol: rest.slice(0, open), image }
  const from = rest.lastIndexOf(' from ')
  if (from > 0 && hasValues(rest.slice(0, from)))
    return {
      number,
      address,
      symbol: withoutValues(rest.slice(0, from)),
      image: rest.slice(from + 6),
    }
  const sanitized = locationBehind(rest, ' /')
  if (address === undefined || sanitized.location === undefined) return undefined
  const filename = `/${sanitized.location.filename}`
  return { number, address, symbol: sanitized.before, ...sanitized.location, filename }
}

/** `@     0x55d5c9d2a3b1  shop::pay()` */
const glog = (text: string): CppParts | undefined => {
  const [, address, symbol] = /^@ +(0x[\da-f]{1,16}) +(\S.*)$/i.exec(text) ?? []
  return address === undefined ? undefined : { address, symbol, endsWithSymbol: true }
}

const FORMATS: ReadonlyArray<(text: string) => CppParts | undefined> = [
  boost,
  msvc,
  backward,
  debugged,
  glog,
  GlibcFrame.parse,
]

/**
 * The frame in a line, `undefined` if there is none. With `isCut` (the last line of a text cut at a length limit), a symbol at
 * the end of the line may be incomplete and gives no frame.
 */
export const parse = (line: string, isCut: boolean): NumberedFrame.NumberedFrame | undefined => {
  const text = line.trim()
  if (text.length > MAX_LINE) return undefined
  for (const format of FORMATS) {
    const parts = format(text)
    if (parts !== undefined) return isCut && parts.endsWithSymbol === true ? undefined : make(parts)
  }
  return undefined
}

/** The last `file:line` or `file:line:column` behind a word. An empty file, `:0`, means that the file is unknown. */
const locationBehind = (
  text: string,
  word: string,
): {
  readonly before: string
  readonly location?: Pick<CppParts, 'filename' | 'lineno' | 'colno'>
} => {
  const at = text.lastIndexOf(word)
  const [, filename, lineno, colno] =
    (at < 0 ? null : /^(.*?):(\d{1,9})(?::(\d{1,9}))?$/.exec(text.slice(at + word.length))) ?? []
  return filename === undefined
    ? { before: text }
    : { before: text.slice(0, at), location: { filename, lineno, colno } }
}

/** gdb writes the values of the arguments behind a blank, which distinguishes its lines from prose. */
const hasValues = (symbol: string): boolean => symbol.endsWith(')') && symbol.includes(' (')

/** The symbol without the values of the arguments. */
const withoutValues = (symbol: string): string => {
  const open = symbol.endsWith(')') ? openingOf(symbol) : -1
  return symbol[open - 1] === ' ' ? symbol.slice(0, open - 1) : symbol
}
