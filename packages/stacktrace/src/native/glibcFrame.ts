/**
 * One line of glibc's `backtrace_symbols`, `./shop(_ZN4shop3payEv+0x2b) [0x55d5c9d2a3b1]`, which C++ programs print and
 * `Thread.callStackSymbols` of Swift gives on Linux.
 */

// model

export interface GlibcFrame {
  readonly image: string | undefined
  readonly symbol: string | undefined
  readonly address: string
}

/** In characters. */
const MAX_LINE = 8192

// decoding

export const parse = (line: string): GlibcFrame | undefined => {
  const text = line.trim()
  if (text.length > MAX_LINE || !text.endsWith(']')) return undefined
  const open = text.lastIndexOf('[')
  const address = text.slice(open + 1, -1)
  if (open < 0 || !/^0x[\da-f]{1,16}$/i.test(address)) return undefined
  const call = text.slice(0, open).trimEnd()
  if (call === '') return { image: undefined, symbol: undefined, address }
  const bracket = call.endsWith(')') ? call.lastIndexOf('(') : call.length
  const image = call.slice(0, Math.max(0, bracket))
  const symbol = /^(.*?)(?:[+-]0x[\da-f]{1,16})?$/i.exec(call.slice(bracket + 1, -1))?.[1]
  return /^[./]\S/.test(image) ? { image, symbol: symbol || undefined, address } : undefined
}
