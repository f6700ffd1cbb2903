/**
 * URLs without their query, fragment and credentials. The text is cut rather than parsed: instrumentations often record
 * URLs that are not valid.
 */
import { oneLine } from './oneLine.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: `cleanName` replaces them
const SUSPECT = /[?@\u0000-\u001f\u007f]/

// transformations

/** The text before its query and fragment. */
export const withoutQuery = (text: string): string => {
  const end = text.search(/[?#]/)
  return end === -1 ? text : text.slice(0, end)
}

/** The path of a URL; `/` where it has none. */
export const pathOf = (url: string): string => {
  const bare = withoutQuery(url)
  const scheme = bare.indexOf('://')
  const slash = bare.indexOf('/', scheme === -1 ? 0 : scheme + 3)
  return slash === -1 ? '/' : bare.slice(slash)
}

/** `https://user:pass@host:443/path?query#fragment` becomes `https://host/path`. */
export const sanitize = (url: string): string => {
  const bare = withoutQuery(url)
  const scheme = bare.indexOf('://')
  const authority = scheme !== -1 ? scheme + 3 : bare.startsWith('//') ? 2 : 0
  const slash = bare.indexOf('/', authority)
  const end = slash === -1 ? bare.length : slash
  const recorded = bare.slice(authority, end)
  const host = recorded.slice(recorded.lastIndexOf('@') + 1)
  const port = bare.startsWith('https:') ? ':443' : bare.startsWith('http:') ? ':80' : undefined
  const cleaned = port !== undefined && host.endsWith(port) ? host.slice(0, -port.length) : host
  return cleaned === recorded ? bare : bare.slice(0, authority) + cleaned + bare.slice(end)
}

/**
 * Replaces the values of secret query parameters, and removes credentials. A text that is only a query, as `a=1&b=2`,
 * is accepted too.
 */
export const filter =
  (isSecret: (key: string) => boolean, replacement: string) =>
  (url: string): string => {
    const mark = url.indexOf('?')
    const start = mark === -1 ? (url.includes('/') ? url.length : 0) : mark + 1
    const [query = '', ...fragments] = url.slice(start).split('#')
    const filtered = query
      .split('&')
      .map((pair) => {
        const equals = pair.indexOf('=')
        return equals > 0 && isSecret(pair.slice(0, equals))
          ? `${pair.slice(0, equals)}=${replacement}`
          : pair
      })
      .join('&')
    const before = url.slice(0, start)
    const credentials = /^([\w+.-]{0,20}:\/\/)[^/?#@]*@/.exec(before)
    const address =
      credentials === null ? before : (credentials[1] ?? '') + before.slice(credentials[0].length)
    return address + [filtered, ...fragments].join('#')
  }

/**
 * A name on one line, without the queries and credentials of the URLs in it. Any other question mark stays, as in
 * `SELECT ?`.
 */
export const cleanName = (name: string): string =>
  // hot: once for each span. Few names have any of these characters.
  SUSPECT.test(name) ? oneLine(name).replace(/\S+/g, cleanWord).trim() : name

const cleanWord = (word: string): string => {
  const slash = word.indexOf('/')
  if (slash === -1) return word
  const query = word.indexOf('?', slash)
  const bare = query === -1 ? word : word.slice(0, query)
  const scheme = bare.indexOf('://')
  if (scheme === -1) return bare
  const end = bare.indexOf('/', scheme + 3)
  const at = bare.slice(0, end === -1 ? bare.length : end).lastIndexOf('@')
  return at < scheme ? bare : bare.slice(0, scheme + 3) + bare.slice(at + 1)
}
