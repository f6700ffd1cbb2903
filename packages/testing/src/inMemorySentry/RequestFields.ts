/**
 * The request of an event. Source: `relay-event-schema/src/protocol/request.rs`,
 * `relay-event-normalization/src/normalize/request.rs` of getsentry/relay.
 */
import * as Fields from './Fields.ts'
import * as Verdict from './Verdict.ts'

// folds

/** The fields of a request that Sentry changes or removes. */
export const cuts = (request: unknown): ReadonlyArray<Verdict.Cut> => {
  if (!Fields.isFields(request)) return Verdict.NONE
  const method = request['method']
  return [
    ...Verdict.tooLong('request.url', request['url'], 256, 40),
    ...Verdict.unless(
      Fields.isAbsent(method) || (typeof method === 'string' && /^[A-Z_-]{3,32}$/i.test(method)),
      'request.method',
      'invalid',
    ),
    ...overBudget('request.query_string', pairsOf(request['query_string'], '&'), 1024),
    ...overBudget('request.cookies', pairsOf(request['cookies'], ';'), 2048),
    ...overBudget('request.headers', Object.entries(request['headers'] ?? {}), 8192),
  ]
}

/** A text is read as a list of pairs. */
const pairsOf = (text: unknown, separator: string): ReadonlyArray<readonly [string, string]> =>
  typeof text !== 'string' || text === ''
    ? []
    : text.split(separator).map((pair) => {
        const [name = '', ...rest] = pair.split('=')
        return [decoded(name), decoded(rest.join('='))] as const
      })

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

const overBudget = (
  path: string,
  pairs: ReadonlyArray<unknown>,
  maxBytes: number,
): ReadonlyArray<Verdict.Cut> => {
  const bytes = pairs.length === 0 ? 0 : Fields.bytesOf(pairs)
  return bytes > maxBytes ? [Verdict.cut(path, 'over-budget', bytes - maxBytes)] : Verdict.NONE
}
