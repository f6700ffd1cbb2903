/**
 * A request that a browser sends to another origin without asking for leave first: the authentication stands in the URL, and
 * no header is set. The server takes a body without a type for an envelope. Source: `packages/core/src/api.ts` of
 * getsentry/sentry-javascript; `develop-docs/sdk/foundations/envelopes/index.mdx` of getsentry/sentry-docs.
 */
import type { HttpRequest } from '@sentry-exporter/transport/Http'

export const withoutPreflight = ({ url, headers, body }: HttpRequest): HttpRequest => {
  const query = fieldsOf(headers).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  const separator = url.includes('?') ? '&' : '?'
  return {
    url: query.length === 0 ? url : `${url}${separator}${query.join('&')}`,
    headers: {},
    body,
  }
}

/** Values that no error may tell: those of the headers, and the secret wherever it stands. */
export const secretsOf = ({ headers }: Pick<HttpRequest, 'headers'>): ReadonlyArray<string> => [
  ...Object.values(headers),
  ...fieldsOf(headers).flatMap(([name, value]) => (name === 'sentry_secret' ? [value] : [])),
]

/** `Sentry sentry_version=7, sentry_key=abc`. */
const fieldsOf = (headers: HttpRequest['headers']): ReadonlyArray<readonly [string, string]> =>
  (headers['x-sentry-auth'] ?? '')
    .replace(/^Sentry /, '')
    .split(',')
    .map((field) => field.trim())
    .filter((field) => field.includes('='))
    .map((field) => {
      const at = field.indexOf('=')
      return [field.slice(0, at), field.slice(at + 1)] as const
    })
