/** Prints log items as JSON. */
import type { LogHead } from './LogItem.ts'
import * as TypedAttribute from './TypedAttribute.ts'

// model

/**
 * A printed item in three pieces, which follow each other. The middle one is that of many items: an encoder encodes it once, and
 * waiting items share it.
 */
export interface LogText {
  readonly before: string
  readonly shared: SharedText
  readonly after: string
}

/** The same object for the same text. */
export interface SharedText {
  readonly text: string
}

/** Keys are remembered for so many; the memory starts anew when a sender makes up more. */
const MAX_REMEMBERED_KEYS = 5_000

/** In characters. Longer keys would take much memory. */
const MAX_REMEMBERED_KEY = 300

const NO_TEXT: SharedText = { text: '' }

// encoding

/** Prints attributes as the fields of a JSON object, without braces. A function for one pipeline: it remembers keys. */
export const attributesPrinter = (): ((attributes: TypedAttribute.LogAttributes) => string) => {
  const remembered = new Map<string, string>()
  const beforeValue = (key: string): string => {
    const known = remembered.get(key)
    if (known !== undefined) return known
    if (remembered.size >= MAX_REMEMBERED_KEYS) remembered.clear()
    const printed = `${JSON.stringify(key)}:`
    if (key.length <= MAX_REMEMBERED_KEY) remembered.set(key, printed)
    return printed
  }
  return (attributes) => {
    // hot: once for each record
    let text = ''
    for (const key in attributes) {
      const attribute = attributes[key]
      if (attribute === undefined) continue
      if (text !== '') text += ','
      text += beforeValue(key) + TypedAttribute.print(attribute)
    }
    return text
  }
}

/** An item whose attributes are the shared ones and those of its own, which have no key in common. */
export const printLog = (head: LogHead, own: string, shared: SharedText = NO_TEXT): LogText => {
  const { timestamp, trace_id, span_id, level, body } = head
  const span = span_id === undefined ? '' : `"span_id":"${span_id}",`
  const comma = own === '' || shared.text === '' ? '' : ','
  return {
    before: `{"timestamp":${timestamp},"trace_id":"${trace_id}",${span}"level":"${level}","body":${TypedAttribute.quoted(body)},"attributes":{`,
    shared,
    after: `${comma}${own}}}`,
  }
}

// folds

/** The whole text of an item. */
export const textOf = ({ before, shared, after }: LogText): string => before + shared.text + after
