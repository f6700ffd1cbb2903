/**
 * Removes what looks like credentials from a text that others wrote, before it is part of a message: a DSN or a password may
 * be given in the place of any other text.
 *
 * Law: a DSN in the text loses everything before its host.
 *
 * @example
 * ```ts
 * import { withoutCredentials } from '@sentry-exporter/envelope/withoutCredentials'
 *
 * console.log(withoutCredentials('https://key:hush@sentry.example.com/42')) // https://[Filtered]@sentry.example.com/42
 * console.log(withoutCredentials('GET /?sentry_key=hush&n=1 failed')) // GET /?sentry_key=[Filtered]&n=1 failed
 * console.log(withoutCredentials('connect ECONNREFUSED 127.0.0.1:443')) // connect ECONNREFUSED 127.0.0.1:443
 * ```
 */

const FILTERED = '[Filtered]'

/** In their order. An `@` may be percent-encoded. */
const RULES: ReadonlyArray<readonly [RegExp, string]> = [
  // The user part of a URL: up to the last @, since passwords are often not encoded.
  [/([a-z][a-z0-9+.-]*:(?:\/\/|%2f%2f))[\s\S]*(@|%40)/gi, `$1${FILTERED}$2`],
  // The same without a protocol.
  [/[\w.~%!$&*+;=:/?#-]+(@|%40)/gi, `${FILTERED}$1`],
  // Parameters and headers: `sentry_secret=...`, `Authorization: Bearer ...`.
  [
    /([\w-]*(?:key|secret|token|passw|pwd|auth|credential)[\w-]*\s*[=:]\s*)(?:(?:bearer|basic|sentry)\s+)?[^\s&;,]+/gi,
    `$1${FILTERED}`,
  ],
  [/\b(bearer|basic)\s+\S+/gi, `$1 ${FILTERED}`],
  // Tokens with a known start: Sentry's, those of GitHub and GitLab, JSON web tokens.
  [/\b(?:sntry[a-z]{0,2}_|gh[a-z]_|github_pat_|glpat-|eyJ)[\w+/=.-]{8,}/g, FILTERED],
]

export const withoutCredentials = (text: string): string =>
  RULES.reduce((kept, [pattern, filtered]) => kept.replace(pattern, filtered), text)
