/** Where a JavaScript call stands, as every engine writes it: `http://h/app.js:12:34`, a path, a WebAssembly offset. */
import * as O from '#fp-ts/Option'
import type * as StackFrame from '../StackFrame.ts'
import * as SourceLocation from '../text/SourceLocation.ts'

// decoding

/** `file:line:column`; not what has nothing but numbers and colons before it, as a time of day has. */
export const positioned = (text: string): StackFrame.FrameFields | undefined => {
  const place = SourceLocation.parse(text, 2)
  if (place === undefined || /^[\d:]*$/.test(place.file)) return undefined
  const [lineno, colno] = place.numbers.map(SourceLocation.position)
  return { filename: fileOf(place.file), lineno, colno }
}

/** A path or URL with a line only, or without any position. */
export const unpositioned = (text: string): StackFrame.FrameFields | undefined => {
  if (!/^(?:\/|[A-Za-z]:[\\/]|\\\\|[a-z][a-z+.-]{1,30}:\/\/)/.test(text)) return undefined
  const place = SourceLocation.parse(text, 1)
  return place === undefined
    ? { filename: fileOf(text) }
    : { filename: fileOf(place.file), lineno: SourceLocation.position(place.numbers[0]) }
}

/** `http://h/a.wasm:wasm-function[12]:0x3a4` */
export const wasm = (text: string): StackFrame.FrameFields | undefined => {
  const end = text.indexOf(':wasm-function[')
  const address = /\]:(0x[0-9a-f]{1,16})$/.exec(text.slice(-20))
  return end > 0 && address !== null
    ? { filename: text.slice(0, end), instruction_addr: address[1] }
    : undefined
}

/** A `file:` URL is a path, decoded; `C:/` has no slash before it. */
const fileOf = (file: string): string => {
  if (!file.startsWith('file://')) return file
  const path = file.slice('file://'.length)
  const decoded = O.getOrElse(() => path)(O.tryCatch(() => decodeURIComponent(path)))
  return /^\/[A-Za-z]:/.test(decoded) ? decoded.slice(1) : decoded
}
