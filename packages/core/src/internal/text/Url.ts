/**
 * Addresses without what is nobody's business: the query, the fragment and the credentials in them. Plain cuts of the
 * text: what instrumentations record is often no valid URL.
 */
import { oneLine } from './oneLine.ts'

// combinators

/** The text before its query and fragment. */
export const withoutQuery = (text: string): string => {
  const end = text.search(/[?#]/)
  return end === -1 ? text : text.slice(0, end)
}

/** `https://user:pass@host:443/path?query#fragment` becomes `https://host/path`. */
export const sanitize = (url: string): string => {
  const bare = withoutQuery(url)
  const scheme = bare.indexOf('://')
  const authority = scheme !== -1 ? scheme + 3 : bare.startsWith('//') ? 2 : 0
  const slash = bare.indexOf('/', authority)
  const end = slash === -1 ? bare.length : slash
  const said = bare.slice(authority, end)
  const host = said.slice(said.lastIndexOf('@') + 1)
  const port = bare.startsWith('https:') ? ':443' : bare.startsWith('http:') ? ':80' : undefined
  const shown = port !== undefined && host.endsWith(port) ? host.slice(0, -port.length) : host
  return shown === said ? bare : bare.slice(0, authority) + shown + bare.slice(end)
}

/** The text with the values of secret parameters of its query, and credentials, replaced. A bare query is taken too. */
export const filter =
  (isSecret: (key: string) => boolean, mark: string) =>
  (url: string): string => {
    const at = url.indexOf('?')
    const start = at === -1 ? (url.includes('/') ? url.length : 0) : at + 1
    const [query = '', ...fragments] = url.slice(start).split('#')
    const shown = query
      .split('&')
      .map((pair) => {
        const equals = pair.indexOf('=')
        return equals > 0 && isSecret(pair.slice(0, equals))
          ? `${pair.slice(0, equals)}=${mark}`
          : pair
      })
      .join('&')
    const before = url.slice(0, start)
    const credentials = /^([\w+.-]{0,20}:\/\/)[^/?#@]*@/.exec(before)
    const address =
      credentials === null ? before : (credentials[1] ?? '') + before.slice(credentials[0].length)
    return address + [shown, ...fragments].join('#')
  }

/**
 * A name on one line, without the queries and credentials of addresses in it. A question mark of another kind, as in
 * `SELECT ?`, stays.
 */
export const cleanName = (name: string): string =>
  // hot: once for each span. Nearly all names hold none of these.
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

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const SUSPECT = /[?@\u0000-\u001f\u007f]/
