/**
 * The request of an event, read from the finished `data` of its root span, which are redacted. Source:
 * `relay-event-schema/src/protocol/request.rs` of getsentry/relay.
 */
import type { Json, JsonObject } from '../model/Json.ts'

// model

export interface Request {
  readonly method: string
  readonly url?: string
  readonly query_string?: string
  readonly cookies?: string
  readonly headers?: Readonly<Record<string, string>>
}

// constructors

const HEADER = 'http.request.header.'

const MAX_HEADERS = 50

const MAX_CHARACTERS = 2048

const MAX_METHOD_CHARACTERS = 64

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
  return {
    method: method.slice(0, MAX_METHOD_CHARACTERS),
    ...(url === undefined || !ABSOLUTE.test(url) ? {} : { url: url.slice(0, MAX_CHARACTERS) }),
    ...(query === undefined ? {} : { query_string: query.slice(0, MAX_CHARACTERS) }),
    ...(cookie === undefined ? {} : { cookies: cookie }),
    ...(Object.keys(others).length === 0 ? {} : { headers: others }),
  }
}

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

/** The recorded headers, by their names in lower case, and the user agent, which has an attribute of its own. */
const headersOf = (data: JsonObject): Record<string, string> => {
  const headers: Record<string, string> = {}
  const agent = textOf(data, 'user_agent.original')
  if (agent !== undefined) headers['user-agent'] = agent.slice(0, MAX_CHARACTERS)
  for (const key in data) {
    if (!key.startsWith(HEADER)) continue
    const text = textIn(data[key])
    if (text !== undefined && Object.keys(headers).length < MAX_HEADERS) {
      headers[key.slice(HEADER.length).toLowerCase().replaceAll('_', '-')] = text
    }
  }
  return headers
}

/** A text, or the texts of a list. */
const textIn = (value: Json | undefined): string | undefined => {
  const text = Array.isArray(value)
    ? value.filter((one) => typeof one === 'string').join(', ')
    : value
  return typeof text === 'string' && text !== '' ? text.slice(0, MAX_CHARACTERS) : undefined
}

const textOf = (data: JsonObject, key: string): string | undefined => {
  const value = data[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}
