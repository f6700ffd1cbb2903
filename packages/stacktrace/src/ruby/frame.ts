/**
 * Where a Ruby call stands: ``/srv/a.rb:6:in `attempt'``, with quotes `'...'` and the class in the label since 3.4
 * (`'Shop::Checkout#total'`), and now and then without a line or without a label.
 */
import * as StackFrame from '../StackFrame.ts'
import * as SourceLocation from '../text/SourceLocation.ts'

// decoding

/** A whole place. */
export const parse = (text: string): StackFrame.StackFrame | undefined => {
  const mark = labelAt(text)
  if (mark < 0) return frameOf(text, undefined)
  return text.endsWith("'") && text.length > mark + LABEL
    ? frameOf(text.slice(0, mark), text.slice(mark + LABEL, -1))
    : undefined
}

/** The place at the start of a header, and how long it is with the `: ` behind it. */
export const parseHead = (
  line: string,
): { readonly frame: StackFrame.StackFrame; readonly length: number } | undefined => {
  if (line.startsWith(' ') || line.startsWith('\t')) return undefined
  const mark = labelAt(line)
  if (mark >= 0) {
    const end = line.indexOf("': ", mark + LABEL)
    if (end < 0) return undefined
    const frame = frameOf(line.slice(0, mark), line.slice(mark + LABEL, end))
    return frame && { frame, length: end + "': ".length }
  }
  const end = /:\d{1,9}: /.exec(line)
  if (end === null) return undefined
  const length = end.index + end[0].length
  const frame = frameOf(line.slice(0, length - ': '.length), undefined)
  return frame && { frame, length }
}

const LABEL = ':in `'.length

/** Where ``:in ` `` or `:in '` starts. */
const labelAt = (text: string): number => {
  const at = text.search(/:in [`']/)
  return at > 0 ? at : -1
}

const frameOf = (file: string, label: string | undefined): StackFrame.StackFrame | undefined => {
  const place = SourceLocation.parse(file, 1)
  const filename = place?.file ?? file
  // Without a line there is nothing but the label by which a place differs from prose.
  if (filename === '' || (place === undefined && label === undefined)) return undefined
  const method = /^([A-Z][\w:]*)#([^#]+)$/.exec(label ?? '')
  return StackFrame.make({
    function: method?.[2] ?? label,
    module: method?.[1],
    filename,
    lineno: SourceLocation.position(place?.numbers[0]),
    in_app: !LIBRARY.test(filename),
  })
}

/** The interpreter's own code, its standard library, gems, and JRuby's Java. */
const LIBRARY =
  /^<internal:|^uri:classloader:|[\\/]lib[\\/]ruby[\\/]|[\\/]gems[\\/]|^org[\\/]jruby[\\/]|\.java$/
