/** The location of a JavaScript call in any engine: `http://h/app.js:12:34`, a path, an offset in WebAssembly. */
import * as O from '#fp-ts/Option'
import type * as StackFrame from '../StackFrame.ts'
import * as SourceLocation from '../text/SourceLocation.ts'

// decoding

/** Reads `file:line:column`. A file of digits and colons only, as in a time of day, is not accepted. */
export const positioned = (text: string): StackFrame.FrameFields | undefined => {
  const location = SourceLocation.parse(text, 2)
  if (location === undefined || /^[\d:]*$/.test(location.file)) return undefined
  const [lineno, colno] = location.numbers.map(SourceLocation.position)
  return { filename: fileOf(location.file), lineno, colno }
}

/** Reads a path or URL with a line only, or without any position. */
export const unpositioned = (text: string): StackFrame.FrameFields | undefined => {
  if (!/^(?:\/|[A-Za-z]:[\\/]|\\\\|[a-z][a-z+.-]{1,30}:\/\/)/.test(text)) return undefined
  const location = SourceLocation.parse(text, 1)
  return location === undefined
    ? { filename: fileOf(text) }
    : { filename: fileOf(location.file), lineno: SourceLocation.position(location.numbers[0]) }
}

/** Reads `http://h/a.wasm:wasm-function[12]:0x3a4`. */
export const wasm = (text: string): StackFrame.FrameFields | undefined => {
  const end = text.indexOf(':wasm-function[')
  const address = /\]:(0x[0-9a-f]{1,16})$/.exec(text.slice(-20))
  return end > 0 && address !== null
    ? { filename: text.slice(0, end), instruction_addr: address[1] }
    : undefined
}

/** The decoded path of a `file:` URL, without the slash before `C:/`. */
const fileOf = (file: string): string => {
  if (!file.startsWith('file://')) return file
  const path = file.slice('file://'.length)
  const decoded = O.getOrElse(() => path)(O.tryCatch(() => decodeURIComponent(path)))
  return /^\/[A-Za-z]:/.test(decoded) ? decoded.slice(1) : decoded
}
