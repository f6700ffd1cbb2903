/**
 * The request of an event, read from the finished `data` of its root span, which are redacted. Source:
 * `relay-event-schema/src/protocol/request.rs` of getsentry/relay.
 */
import * as E from '#fp-ts/Either'
import { cutBytes, shorten } from '../internal/text/cutBytes.ts'
import type { Json, JsonObject } from '../model/Json.ts'
import { bytes, characters } from '../model/ServerLimits.ts'
import { bytesOf } from '../size/fitContext.ts'

// model

export interface Request {
  /** Capital letters, `_` and `-`: absent for any other. */
  readonly method?: string
  readonly url?: string
  readonly query_string?: string
  readonly cookies?: string
  readonly headers?: Readonly<Record<string, string>>
}

// constructors

const HEADER = 'http.request.header.'

const MAX_HEADERS = 50

const MAX_CHARACTERS = 2048

/** Source: `relay-event-normalization/src/normalize/request.rs` of getsentry/relay. */
const METHOD = /^[A-Z_-]{3,32}$/

/** A whole URL with a valid host: strict readers refuse the event for any other. */
const ABSOLUTE =
  /^https?:\/\/(([a-zA-Z0-9_-]{1,63}\.){0,30}[a-zA-Z][a-zA-Z0-9-]{0,62}|((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?=\d)|(?=[:/]|$))){4})(:(6[0-4]\d{3}|[1-5]?\d{1,4}))?(\/\S*)?$/

/** The request that a server answered; `undefined` for the data of any other span. */
export const ofData = (data: JsonObject): Request | undefined => {
  const method = textOf(data, 'http.request.method') ?? textOf(data, 'http.method')
  if (data['otel.kind'] !== 'SERVER' || method === undefined) return undefined
  const url = urlOf(data)
  const query = textOf(data, 'url.query') ?? textOf(data, 'http.query')
  const headers = headersOf(data)
  const { cookie, ...others } = headers
  const upper = method.toUpperCase()
  return {
    ...(METHOD.test(upper) ? { method: upper } : {}),
    ...(url === undefined || !ABSOLUTE.test(url)
      ? {}
      : { url: shorten(url, characters.requestUrl) }),
    ...(query === undefined ? {} : { query_string: fitPairs(query, '&', bytes.queryString) }),
    ...(cookie === undefined ? {} : { cookies: fitPairs(cookie, ';', bytes.cookies) }),
    ...(Object.keys(others).length === 0 ? {} : { headers: others }),
  }
}

/** The number of fields of a request that were cut or left out because of their form. */
export const cuts = (data: JsonObject, request: Request): number => {
  const url = urlOf(data)
  const query = textOf(data, 'url.query') ?? textOf(data, 'http.query')
  return (
    Number(request.method === undefined) +
    Number(request.url !== undefined && request.url !== url) +
    Number(request.query_string !== undefined && request.query_string !== query) +
    Number(request.cookies?.endsWith(MARK) === true) +
    Number(Object.values(request.headers ?? {}).some((value) => value.endsWith(MARK)))
  )
}

const MARK = '...'

/** Bytes of `["",""],` around a pair, as the server keeps it. */
const AROUND_PAIR = 8

/** Control characters take six bytes in JSON, and three in a query. */
const ESCAPED = /%[01]/g

const pairBytes = (pair: string): number =>
  bytesOf(pair) - 2 + AROUND_PAIR + 3 * (pair.match(ESCAPED)?.length ?? 0)

/** The first pairs of a query or of cookies that the server keeps as a list of pairs; the last of them is cut. */
const fitPairs = (text: string, separator: string, maxBytes: number): string => {
  if (text.length * MAX_PAIR_GROWTH < maxBytes) return text
  const kept: Array<string> = []
  // The brackets of the list.
  let left = maxBytes - 2
  for (const pair of text.split(separator)) {
    const room = left - pairBytes(pair)
    if (room < 0) {
      // Six bytes: the rest of a pair may have to be escaped.
      const part = cutBytes(pair, Math.floor((left - AROUND_PAIR - MARK.length) / 6))
      return [...kept, part.replace(/%.?$/, '') + MARK].join(separator)
    }
    kept.push(pair)
    left = room
  }
  return text
}

/** A query of single characters grows most: `a&` takes ten bytes as a pair, and a control character more. */
const MAX_PAIR_GROWTH = 12

/** The whole URL as recorded, or assembled from its parts. */
const urlOf = (data: JsonObject): string | undefined => {
  const full = textOf(data, 'url.full')
  if (full !== undefined) return full
  const path = textOf(data, 'url.path')
  const host = textOf(data, 'server.address')
  if (host === undefined) return undefined
  const scheme = textOf(data, 'url.scheme') ?? 'http'
  const port = data['server.port']
  const suffix =
    typeof port !== 'number' || port === (scheme === 'https' ? 443 : 80) ? '' : `:${port}`
  return `${scheme}://${host}${suffix}${path ?? ''}`
}

/**
 * The recorded headers, by their names in lower case, and the user agent, which has an attribute of its own; as many as the server
 * keeps.
 */
const headersOf = (data: JsonObject): Record<string, string> => {
  const headers: Record<string, string> = {}
  const agent = textOf(data, 'user_agent.original')
  if (agent !== undefined) headers['user-agent'] = shorten(agent, MAX_CHARACTERS)
  let left = bytes.headers - bytesOf(headers) - AROUND_PAIR
  for (const key in data) {
    if (!key.startsWith(HEADER)) continue
    const text = textIn(data[key])
    if (text === undefined || Object.keys(headers).length >= MAX_HEADERS) continue
    const name = key.slice(HEADER.length).toLowerCase().replaceAll('_', '-')
    left -= bytesOf(name) + bytesOf(text) + AROUND_PAIR
    if (left >= 0) headers[name] = text
  }
  return headers
}

/** A text, or the texts of a list, which `data` holds as JSON. */
const textIn = (value: Json | undefined): string | undefined => {
  const list = typeof value === 'string' && value.startsWith('["') ? listIn(value) : value
  const text = Array.isArray(list)
    ? list.filter((one) => typeof one === 'string').join(', ')
    : value
  return typeof text === 'string' && text !== '' ? shorten(text, MAX_CHARACTERS) : undefined
}

const listIn = (text: string): Json => {
  const list = E.tryCatch(
    // JSON.parse gives JSON.
    () => JSON.parse(text) as Json,
    () => text,
  )
  return E.isRight(list) ? list.right : text
}

const textOf = (data: JsonObject, key: string): string | undefined => {
  const value = data[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}
