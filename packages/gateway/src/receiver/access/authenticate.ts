/**
 * Checks the credentials of a request. Only hashes are kept and compared, each of them in constant time, so that the time of an
 * answer depends neither on the secrets nor on which of them matches.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { AuthConfig } from '../../config/ReceiverConfig.ts'

// model

/** Why a request is not authenticated. */
type Unauthenticated = 'missing' | 'wrong'

export interface RequestAuthenticator {
  /** The header with the credentials, in lower case. */
  readonly header: string
  /** The value of the header `WWW-Authenticate` of a refusal. */
  readonly challenge: string
  readonly check: (value: string | undefined) => Unauthenticated | undefined
}

const BASIC = 'Basic'

// constructors

/** `undefined` accepts every request. */
export const authenticatorOf = (
  config: AuthConfig | undefined,
): RequestAuthenticator | undefined => {
  if (config === undefined) return undefined
  switch (config._tag) {
    case 'Bearer':
      return make(config.scheme, config.header, config.tokens)
    case 'Basic':
      return make(
        BASIC,
        'authorization',
        config.credentials.map((pair) => Buffer.from(pair).toString('base64')),
      )
  }
}

const make = (
  scheme: string,
  header: string,
  secrets: ReadonlyArray<string>,
): RequestAuthenticator => {
  const expected = secrets.map(hash)
  return {
    header: header.toLowerCase(),
    challenge: scheme === BASIC ? 'Basic realm="OTLP", charset="UTF-8"' : scheme || 'Bearer',
    check: (value) => {
      if (value === undefined || value === '') return 'missing'
      const secret = withoutScheme(value, scheme)
      if (secret === undefined) return 'wrong'
      const given = hash(secret)
      let matches = 0
      for (const one of expected) matches += timingSafeEqual(one, given) ? 1 : 0
      return matches > 0 ? undefined : 'wrong'
    },
  }
}

const hash = (secret: string): Uint8Array => createHash('sha256').update(secret).digest()

/** The name of a scheme may have letters of either case: RFC 9110, section 11.1. An empty scheme expects the secret alone. */
const withoutScheme = (value: string, scheme: string): string | undefined => {
  if (scheme === '') return value
  const prefix = `${scheme} `
  return value.toLowerCase().startsWith(prefix.toLowerCase())
    ? value.slice(prefix.length).trim()
    : undefined
}
