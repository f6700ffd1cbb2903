/**
 * The extensions `bearertokenauth` and `basicauth`, which guard receivers. Source: the extensions of these names in
 * open-telemetry/opentelemetry-collector-contrib.
 */

import * as ConfigProblem from '../ConfigProblem.ts'
import {
  type Codec,
  checked,
  type Decoded,
  type Located,
  located,
  mapWith,
  optional,
  withDefault,
  withProblems,
} from '../codec/Codec.ts'
import { list, struct, withoutEffect } from '../codec/collections.ts'
import { filled, matching, secret } from '../codec/scalars.ts'
import type { AuthConfig } from '../ReceiverConfig.ts'

// model

/** Credentials in the configuration, and a file with further ones, by the location of its path. */
export interface Authenticator {
  readonly file: Located<string> | undefined
  /** `text` is that of the file, empty without one. */
  readonly withFile: (text: string, location: ConfigProblem.Location) => Decoded<AuthConfig>
  readonly location: ConfigProblem.Location
}

// decoding

/** A token of a header, by RFC 9110. */
const HEADER = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

const conflict = (location: ConfigProblem.Location, message: string): ConfigProblem.ConfigProblem =>
  ConfigProblem.error(location, { _tag: 'Conflict', message })

const missing = (location: ConfigProblem.Location, expected: string): ConfigProblem.ConfigProblem =>
  ConfigProblem.error(location, { _tag: 'Missing', expected, reference: undefined })

const token = secret('a token')

export const bearerTokenAuth: Codec<Authenticator> = mapWith(
  checked(
    struct({
      scheme: withDefault(matching(/^[!-~]*$/, 'a scheme without spaces, as Bearer'), 'Bearer'),
      header: withDefault(matching(HEADER, 'the name of a header'), 'Authorization'),
      token: optional(token),
      tokens: optional(list(token, 'a list of tokens')),
      filename: optional(located(filled('the path of a file with tokens'))),
    }),
    (fields, at) => {
      const given = [fields.token, fields.tokens, fields.filename].filter(
        (one) => one !== undefined,
      )
      if (given.length > 1) return [conflict(at, 'token, tokens and filename exclude each other')]
      return given.length === 0 ? [missing(at, 'token, tokens or filename')] : []
    },
  ),
  (fields, at) => ({
    file: fields.filename,
    location: at,
    withFile: (text, location) => {
      const tokens = [
        ...(fields.token === undefined ? [] : [fields.token]),
        ...(fields.tokens ?? []),
        ...linesOf(text),
      ]
      return withProblems(tokens.length === 0 ? [missing(location, 'a token on a line')] : [], {
        _tag: 'Bearer',
        scheme: fields.scheme,
        header: fields.header,
        tokens,
      })
    },
  }),
)

const linesOf = (text: string): ReadonlyArray<string> =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))

export const basicAuth: Codec<Authenticator> = mapWith(
  checked(
    struct({
      htpasswd: optional(
        struct({
          inline: optional(located(secret('lines of USER:PASSWORD'))),
          file: optional(located(filled('the path of a file with lines of USER:PASSWORD'))),
        }),
      ),
      client_auth: withoutEffect('none', ''),
    }),
    ({ htpasswd }, at) => {
      const inline = htpasswd?.inline
      if (inline !== undefined) return problemsOf(inline.value, inline.location)
      return htpasswd?.file === undefined
        ? [missing(at, 'htpasswd with inline or file; client_auth is for exporters')]
        : []
    },
  ),
  ({ htpasswd }, at) => ({
    file: htpasswd?.file,
    location: at,
    withFile: (text, location) =>
      withProblems(problemsOf(text, location), {
        _tag: 'Basic',
        credentials: [...linesOf(htpasswd?.inline?.value ?? ''), ...linesOf(text)],
      }),
  }),
)

/** bcrypt, MD5 in Apache's and in Unix's form, SHA. */
const HASHED = /^(?:\$(?:2[abxy]?|apr1|1|5|6)\$|\{S?SHA(?:256|512)?\})/

/** The problem of the first line that has one. */
const problemsOf = (text: string, location: ConfigProblem.Location): ConfigProblem.ConfigProblems =>
  linesOf(text)
    .flatMap((line) => problemOf(line, location))
    .slice(0, 1)

const problemOf = (
  line: string,
  location: ConfigProblem.Location,
): ConfigProblem.ConfigProblems => {
  const colon = line.indexOf(':')
  if (colon <= 0) {
    return [
      ConfigProblem.error(location, {
        _tag: 'BadValue',
        expected: 'lines of USER:PASSWORD',
        found: 'a line without a user and a colon',
      }),
    ]
  }
  return HASHED.test(line.slice(colon + 1))
    ? [
        ConfigProblem.error(location, {
          _tag: 'Unsupported',
          subject: 'a hashed password',
          advice: `write the password itself, as USER:\${env:PASSWORD}`,
        }),
      ]
    : []
}
