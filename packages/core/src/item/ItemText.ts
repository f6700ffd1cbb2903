/**
 * An item of a container, a log or a metric, as JSON in three pieces.
 *
 * @example
 * ```ts
 * import { ItemText } from '@sentry-exporter/core/pipeline'
 *
 * const shared = { text: '"a":{"value":1,"type":"integer"}' }
 * const text = { before: '{"body":"","attributes":{', shared, after: '}}' }
 *
 * console.log(JSON.parse(ItemText.textOf(text)).attributes.a.value) // 1
 * ```
 */
import type { Resource } from '../model/Resource.ts'
import * as TypedAttribute from './TypedAttribute.ts'

// model

/**
 * The pieces follow each other. The middle one is that of many items: an encoder encodes it once, and waiting items share it.
 */
export interface ItemText {
  readonly before: string
  readonly shared: SharedText
  readonly after: string
}

/** The same object for the same text. */
export interface SharedText {
  readonly text: string
}

export interface PrintedItem extends ItemText {
  /** As the server counts them for the category of bytes: `log_byte`, `trace_metric_byte`. */
  readonly bytes: number
  /** The resource that it came from: routing depends on it. */
  readonly from: Resource
}

/** Keys are remembered for so many; the memory starts anew when a sender makes up more. */
const MAX_REMEMBERED_KEYS = 5_000

/** In characters. Longer keys would take much memory. */
const MAX_REMEMBERED_KEY = 300

const NO_TEXT: SharedText = { text: '' }

// constructors

/**
 * An item whose attributes are the shared ones and those of its own, which have no key in common. `head` is the JSON of its other
 * fields, with a comma at its end.
 */
export const of = (head: string, own: string, shared: SharedText = NO_TEXT): ItemText => ({
  before: `{${head}"attributes":{`,
  shared,
  after: `${own === '' || shared.text === '' ? '' : ','}${own}}}`,
})

// encoding

/** Prints attributes as the fields of a JSON object, without braces. A function for one pipeline: it remembers keys. */
export const attributesPrinter = (): ((attributes: TypedAttribute.ItemAttributes) => string) => {
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
    // hot: once for each item
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

// folds

/** The whole text of an item. */
export const textOf = ({ before, shared, after }: ItemText): string => before + shared.text + after
