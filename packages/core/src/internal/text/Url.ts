/**
 * URLs without their query, fragment and credentials. The text is cut rather than parsed: instrumentations often record
 * URLs that are not valid.
 *
 * Credentials end at the last `@` of a URL if its authority has an `@`, or a colon without a port behind it: a password
 * that was not encoded may contain `@`, `/`, `?` and `#`, and no part of it may stay.
 */
import { oneLine } from './oneLine.ts'

// model

/** The treatment of the URLs in a text. */
interface Cleaning {
  /** Whether the text is one URL, or several: its blanks and quotes belong to them. */
  readonly isUrl: boolean
  /** Changes the query and the fragment of a URL, with the marks before them. */
  readonly parameters: (text: string) => string
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: `cleanName` replaces them
const SUSPECT = /[?@#%\u0000-\u001f\u007f]/

/** In characters. */
const MAX_SCHEME = 20

const PARAMETER = /(^|[?&;#])([^=&;#?\s/]{1,300})=([^?&;#\s"'<>]+)/g

/** The start of the query or the fragment, or of parameters such as `;jsessionid=`. */
const QUERY = /[?#]|;[\w.-]{1,64}=/

/** A line and a column behind a URL in a stack trace. */
const POSITION = /(?::\d{1,9}){1,2}\)?$/

const remove = (): string => ''

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
export const sanitize = (url: string): string =>
  withoutDefaultPort(clean(url, { isUrl: true, parameters: remove }))

const withoutDefaultPort = (url: string): string =>
  url.replace(/^(https:\/\/[^/]*?):443(?=\/|$)|^(http:\/\/[^/]*?):80(?=\/|$)/i, '$1$2')

/**
 * Replaces the values of secret parameters in queries and fragments, and removes credentials. A text that is only a query,
 * as `a=1&b=2`, is accepted too.
 */
export const filter = (
  isSecret: (key: string) => boolean,
  replacement: string,
): ((url: string) => string) => {
  const cleaning = { isUrl: true, parameters: filterParameters(isSecret, replacement) }
  return (url) => clean(url, cleaning)
}

/**
 * A text without the credentials of the URLs in it, and with the values of secret parameters replaced. With
 * `isWithoutQueries`, queries and fragments are removed. A text without a URL is returned as it is.
 */
export const filterText = (
  isSecret: (key: string) => boolean,
  replacement: string,
): ((text: string, isWithoutQueries: boolean) => string) => {
  const filtering = { isUrl: false, parameters: filterParameters(isSecret, replacement) }
  const removing = { isUrl: false, parameters: remove }
  return (text, isWithoutQueries) =>
    // hot: once for each text of a span, few of which have a URL.
    text.includes('://') ? clean(text, isWithoutQueries ? removing : filtering) : text
}

const filterParameters =
  (isSecret: (key: string) => boolean, replacement: string) =>
  (text: string): string =>
    text.replace(PARAMETER, (whole, mark: string, key: string, value: string) =>
      isSecret(decoded(key))
        ? `${mark}${key}=${replacement}${POSITION.exec(value)?.[0] ?? ''}`
        : whole,
    )

const decoded = (key: string): string =>
  key.replace(/%([2-7][\da-f])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )

const clean = (text: string, { isUrl, parameters }: Cleaning): string => {
  let mark = text.indexOf('://')
  // A text without a scheme, as `//host/path`, `user:pass@host` or `/path?query`, is one URL if any.
  let from = mark < 0 ? text.length : schemeStart(text, mark)
  let cleaned = isUrl
    ? cleanUrl(text.slice(0, from), text.startsWith('//') ? 2 : 0, parameters)
    : text.slice(0, from)
  // The line up to this offset has no `@`, which is searched once for each line.
  let searchedTo = 0
  while (mark >= 0) {
    const start = mark + 3
    let next = text.indexOf('://', start)
    let end = next < 0 ? text.length : schemeStart(text, next)
    if (next >= 0 && hasCredentials(text.slice(start, end))) {
      // A password may look like another URL; a list has a blank or a mark between its URLs.
      while (next >= 0 && !(isUrl ? /[\s,]/ : /[\s,;|"'`<>()[\]{}]/).test(text[end - 1] ?? '')) {
        next = text.indexOf('://', next + 3)
        end = next < 0 ? text.length : schemeStart(text, next)
      }
    }
    if (!isUrl) end = endInText(text, start, end)
    if (start >= searchedTo && isOpen(text.slice(start, end))) {
      const line = text.indexOf('\n', start)
      const lineEnd = line < 0 ? text.length : line
      const at = start + text.slice(start, lineEnd).lastIndexOf('@')
      searchedTo = lineEnd
      if (at >= start) {
        end = Math.max(end, isUrl ? at + 1 : endOfWord(text, at, text.length))
        while (next >= 0 && next < end) next = text.indexOf('://', next + 3)
        if (isUrl) end = next < 0 ? text.length : Math.max(end, schemeStart(text, next))
      }
    }
    cleaned += text.slice(from, start) + cleanUrl(text.slice(start, end), 0, parameters)
    from = end
    mark = next
  }
  return cleaned + text.slice(from)
}

/** One URL, whose authority starts at an offset. */
const cleanUrl = (
  text: string,
  authority: number,
  parameters: (text: string) => string,
): string => {
  const url = text.slice(authority)
  // Without a scheme, an `@` behind the authority is more likely a part of the path than of a password.
  const isStrict = authority > 0 && authorityIn(url).includes('@')
  const host = hostStart(isStrict ? authorityIn(url) : url)
  const bare = text.slice(0, authority) + url.slice(host)
  const query = bare.search(QUERY)
  if (query >= 0) return bare.slice(0, query) + parameters(bare.slice(query))
  return parameters !== remove && !bare.includes('/') ? parameters(bare) : bare
}

// guards

/** Whether an authority has a colon without a port behind it and no `@`: a password that contains a blank or a quote. */
const isOpen = (url: string): boolean => hasOddPort(authorityIn(url)) && behindLastAt(url) < 0

const hasCredentials = (url: string): boolean => {
  const authority = authorityIn(url)
  return /@|%40/.test(authority) || hasOddPort(authority)
}

const hasOddPort = (authority: string): boolean => {
  const rest = authority.slice(authority.lastIndexOf(']') + 1).replace(/%3a/gi, ':')
  return rest.includes(':') && !/^[^:]*:\d{1,5}$/.test(rest)
}

// decoding

/** The offset of the host: behind the credentials, if there are any. */
const hostStart = (url: string): number =>
  hasCredentials(url) ? Math.max(0, behindLastAt(url)) : 0

const authorityIn = (url: string): string => {
  const end = url.search(/[/?#\\]/)
  return end < 0 ? url : url.slice(0, end)
}

/** The offset behind the last `@`, or behind the last encoded one if there is no other; -1 where there is none. */
const behindLastAt = (url: string): number => {
  const at = url.lastIndexOf('@')
  if (at >= 0) return at + 1
  const encoded = url.lastIndexOf('%40')
  return encoded < 0 ? -1 : encoded + 3
}

/** The start of the scheme before `://`. */
const schemeStart = (text: string, mark: number): number => {
  let start = mark
  while (start > 0 && mark - start < MAX_SCHEME && /[a-z\d+.-]/i.test(text[start - 1] ?? ''))
    start--
  return start
}

/** The end of a URL that starts in a text. A quote in a password does not end it. */
const endInText = (text: string, start: number, max: number): number => {
  const end = endOfWord(text, start, max)
  if (!hasCredentials(text.slice(start, end))) return end
  const blank = text.slice(end, max).search(/\s/)
  const at = text.slice(end, blank < 0 ? max : end + blank).lastIndexOf('@')
  return at < 0 ? end : endOfWord(text, end + at, max)
}

/** The end of a URL in a text: a blank, a quote or an angle bracket. */
const endOfWord = (text: string, start: number, max: number): number => {
  let end = start
  while (end < max && !/[\s"'`<>]/.test(text[end] ?? ' ')) end++
  return end
}

// transformations of names

/**
 * A name on one line, without the queries and credentials of the URLs in it. Any other question mark stays, as in
 * `SELECT ?`.
 */
export const cleanName = (name: string): string =>
  // hot: once for each span. Few names have any of these characters.
  SUSPECT.test(name)
    ? clean(oneLine(name), { isUrl: false, parameters: remove }).replace(/\S+/g, cleanWord).trim()
    : name

/** A path without its query, and without a fragment that has parameters. */
const cleanWord = (word: string): string => {
  const slash = word.indexOf('/')
  if (slash === -1 || !/[?#]/.test(word)) return word
  const query = word.slice(slash).search(/\?|#.*=/)
  return query === -1 ? word : word.slice(0, slash + query)
}
