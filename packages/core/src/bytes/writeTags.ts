/** Writes the tags of a span. */
import type { TagParts } from '../mapping/collector/tagsPrinter.ts'
import * as Literal from './Literal.ts'
import type { SpanWriter } from './SpanWriter.ts'

// model

/** Parts that recur are kept for so many; the memory starts anew when a sender makes up more. */
const MAX_REMEMBERED = 5_000

const EMPTY = Literal.of('{}')
const END = Literal.of('}')
const OPEN_BRACE = 0x7b

// encoding

/** A function for one pipeline: it remembers the parts that recur. */
export const tagsWriter = (writer: SpanWriter): ((tags: TagParts | string) => void) => {
  const literals = new Map<string, Literal.Literal>()
  const literalOf = (text: string): Literal.Literal => {
    const known = literals.get(text)
    if (known !== undefined) return known
    if (literals.size >= MAX_REMEMBERED) literals.clear()
    const made = Literal.of(text)
    literals.set(text, made)
    return made
  }
  return (tags) => {
    if (typeof tags === 'string') {
      writer.json(tags)
      return
    }
    // hot: once for each span
    const { resource, keys, values } = tags
    const opening = writer.offset()
    if (resource !== '') writer.literal(literalOf(resource))
    for (let i = 0; i < keys.length; i++) {
      writer.literal(literalOf(keys[i] ?? ''))
      writer.string(values[i] ?? '')
    }
    if (writer.offset() === opening) writer.literal(EMPTY)
    else {
      // Each tag begins with a comma: the first one is in the place of the brace.
      writer.replace(opening, OPEN_BRACE)
      writer.literal(END)
    }
  }
}
