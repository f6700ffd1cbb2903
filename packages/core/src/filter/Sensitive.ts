/**
 * The choice of privacy, and the keys of secrets.
 *
 * @example
 * ```ts
 * import { Sensitive } from '@sentry-exporter/core'
 *
 * const isSecret = Sensitive.isSecret({ ...Sensitive.defaults, scrubKeys: ['tenant'] })
 * console.log(isSecret('dbPassword'), isSecret('app.Tenant.id'), isSecret('max_tokens')) // true true false
 * ```
 */
import { frozen } from '../internal/frozen.ts'

// model

export interface Privacy {
  /** Whether client addresses, cookies, headers, users, query parameters, AI messages and command lines are sent. */
  readonly sendDefaultPii: boolean
  /** Whether the values of keys that look like those of secrets are filtered. */
  readonly scrub: boolean
  /** More keys whose values are filtered: texts that a key contains, in lower case. */
  readonly scrubKeys: ReadonlyArray<string>
}

// constructors

export const defaults: Privacy = /* @__PURE__ */ frozen({
  sendDefaultPii: false,
  scrub: true,
  scrubKeys: [],
})

// guards

const MAX_KEY_CHARACTERS = 300

const SECRET =
  /(^|[._\-\s])(pass(words?|wd|phrase|code)?|pwd|secrets?|(api|private|access|secret|encryption|signing)[._-]?key|apikey|token(?![._-]?(count|usage|type|details))|jwt|bearer|credentials?|(proxy[._-])?authorization|(set[._-])?cookies?|csrf|xsrf|session[._-]?key|(j|php|asp\.?net_?)?sess(ion)?id|connect\.sid|otp|amz[._-]signature|connection[._-]?string|(credit|debit|bank)[._-]?card|card[._-]?number|iban|cvv2?|cvc2?|ssn|social[._-]?security|mfa|totp|pin[._-]?(code|number)|(auth|dsn)(?=$))([._\-\s\d]|$)/i

/** Whether a key is one of a secret: `http.request.header.x-api-key`, `dbPassword`, `csrf_token`; not `max_tokens`. */
export const isSecret =
  ({ scrub, scrubKeys }: Privacy) =>
  (key: string): boolean => {
    if (scrubKeys.some((part) => key.toLowerCase().includes(part))) return true
    if (!scrub) return false
    const words = key.slice(0, MAX_KEY_CHARACTERS).replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    return SECRET.test(words)
  }
