/**
 * The words of an attribute key. Senders spell one key as `url.full`, `url_full`, `urlFull` and `URL-FULL`; its words are
 * the same. The kind of content of a value depends on the words alone.
 */
import * as AttributeTable from './AttributeTable.ts'

// constructors

/** In characters. The rest of a longer key is not compared. */
const MAX_KEY = 300

/** The words in lower case, with dots between them. */
export const of = (key: string): string =>
  key
    .slice(0, MAX_KEY)
    .replace(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '.')
    .replace(/[^\p{L}\p{N}]+/gu, '.')
    .replace(/^\.|\.$/g, '')
    .toLowerCase()

const toExpression = (pattern: string): string => {
  const isAnywhere = pattern.startsWith('*.')
  const words = (isAnywhere ? pattern.slice(2) : pattern).replace(/(?<!\\)\.(?!\*)/g, '\\.')
  return `${isAnywhere ? '(?:^|\\.)' : '^'}(?:${words})${words.endsWith('$') ? '' : '(?:\\.|$)'}`
}

const PATTERNS = AttributeTable.contents.map(({ content, keys }) => ({
  content,
  pattern: new RegExp(keys.replace(/\|\s+/g, '|').trim().split(/\s+/).map(toExpression).join('|')),
}))

// decoding

/** The content of the value of a key, if it is sensitive. */
export const contentOf = (key: string): AttributeTable.ContentKind | undefined => {
  const words = of(key)
  return PATTERNS.find(({ pattern }) => pattern.test(words))?.content
}
