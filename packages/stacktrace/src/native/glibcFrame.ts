/**
 * One line of glibc's `backtrace_symbols`, `./shop(_ZN4shop3payEv+0x2b) [0x55d5c9d2a3b1]`: what C++ programs
 * print, and what `Thread.callStackSymbols` of Swift gives on Linux.
 */

// model

export interface GlibcLine {
  readonly image: string | undefined
  readonly symbol: string | undefined
  readonly address: string
}

// decoding

export const parse = (line: string): GlibcLine | undefined => {
  const text = line.trim()
  if (text.length > MAX_LINE || !text.endsWith(']')) return undefined
  const open = text.lastIndexOf('[')
  const address = text.slice(open + 1, -1)
  if (open < 0 || !/^0x[\da-f]{1,16}$/i.test(address)) return undefined
  const place = text.slice(0, open).trimEnd()
  if (place === '') return { image: undefined, symbol: undefined, address }
  const bracket = place.endsWith(')') ? place.lastIndexOf('(') : place.length
  const image = place.slice(0, Math.max(0, bracket))
  const called = /^(.*?)(?:[+-]0x[\da-f]{1,16})?$/i.exec(place.slice(bracket + 1, -1))?.[1]
  return /^[./]\S/.test(image) ? { image, symbol: called || undefined, address } : undefined
}

const MAX_LINE = 8192
