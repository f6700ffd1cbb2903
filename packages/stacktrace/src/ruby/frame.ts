/**
 * The location of a Ruby call: ``/srv/a.rb:6:in `attempt'``. Since Ruby 3.4 the quotes are `'...'` and the label has the
 * class (`'Shop::Checkout#total'`). The line or the label may be missing.
 */
import * as StackFrame from '../StackFrame.ts'
import * as SourceLocation from '../text/SourceLocation.ts'

// model

/** The frame at the start of a header. */
export interface HeaderFrame {
  readonly frame: StackFrame.StackFrame
  /** In characters, with the `: ` behind it. */
  readonly length: number
}

const LABEL_LENGTH = ':in `'.length

/** The interpreter itself, its standard library, gems, and the Java code of JRuby. */
const LIBRARY =
  /^<internal:|^uri:classloader:|[\\/]lib[\\/]ruby[\\/]|[\\/]gems[\\/]|^org[\\/]jruby[\\/]|\.java$/

// decoding

/** The frame of a text that is a location and nothing else. */
export const parse = (text: string): StackFrame.StackFrame | undefined => {
  const mark = labelAt(text)
  if (mark < 0) return frameOf(text, undefined)
  return text.endsWith("'") && text.length > mark + LABEL_LENGTH
    ? frameOf(text.slice(0, mark), text.slice(mark + LABEL_LENGTH, -1))
    : undefined
}

/** The frame at the start of a header. */
export const parseHead = (line: string): HeaderFrame | undefined => {
  if (line.startsWith(' ') || line.startsWith('\t')) return undefined
  const mark = labelAt(line)
  if (mark >= 0) {
    const end = line.indexOf("': ", mark + LABEL_LENGTH)
    if (end < 0) return undefined
    const frame = frameOf(line.slice(0, mark), line.slice(mark + LABEL_LENGTH, end))
    return frame && { frame, length: end + "': ".length }
  }
  const end = /:\d{1,9}: /.exec(line)
  if (end === null) return undefined
  const length = end.index + end[0].length
  const frame = frameOf(line.slice(0, length - ': '.length), undefined)
  return frame && { frame, length }
}

/** The offset of ``:in ` `` or `:in '`; -1 where there is none. */
const labelAt = (text: string): number => {
  const at = text.search(/:in [`']/)
  return at > 0 ? at : -1
}

const frameOf = (file: string, label: string | undefined): StackFrame.StackFrame | undefined => {
  const location = SourceLocation.parse(file, 1)
  const filename = location?.file ?? file
  // Without a line and a label, a location cannot be distinguished from prose.
  if (filename === '' || (location === undefined && label === undefined)) return undefined
  const method = /^([A-Z][\w:]*)#([^#]+)$/.exec(label ?? '')
  return StackFrame.make({
    function: method?.[2] ?? label,
    module: method?.[1],
    filename,
    lineno: SourceLocation.position(location?.numbers[0]),
    in_app: !LIBRARY.test(filename),
  })
}
