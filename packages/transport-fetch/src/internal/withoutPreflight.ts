/**
 * A request that a browser sends to another origin without a CORS preflight request: the authentication is in the URL, and no
 * header is set. The server accepts an envelope without a content type. Source: `packages/core/src/api.ts` of
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

/** The values that no error may contain: those of the headers, and the secret key. */
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
