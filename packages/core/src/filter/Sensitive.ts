/**
 * What attributes may tell about people, and which of them hold secrets, by their keys. Source: the
 * registries of attributes in `model` of open-telemetry/semantic-conventions, which say what is sensitive.
 */

// model

/**
 * What is done with an attribute: `filter` puts a mark in the place of its text; `address` takes out the query and the
 * credentials, `parameters` only those of them that are secret; `peer` is left out where the span is a server's, whose
 * other side is a client.
 */
export type Treatment = 'keep' | 'leave-out' | 'filter' | 'address' | 'parameters' | 'peer'

export interface Privacy {
  /** Whether client addresses, cookies, headers, users, query parameters, AI messages and command lines are sent. */
  readonly sendDefaultPii: boolean
  /** Whether the values of keys that look like those of secrets are filtered. */
  readonly scrub: boolean
  /** More keys whose values are filtered: texts that a key contains, in lower case. */
  readonly scrubKeys: ReadonlyArray<string>
}

// constructors

export const defaults: Privacy = { sendDefaultPii: false, scrub: true, scrubKeys: [] }

// guards

/** Whether a key is one of a secret: `http.request.header.x-api-key`, `dbPassword`, `csrf_token`; not `max_tokens`. */
export const isSecret =
  ({ scrub, scrubKeys }: Privacy) =>
  (key: string): boolean => {
    if (scrubKeys.some((part) => key.toLowerCase().includes(part))) return true
    if (!scrub) return false
    const words = key.slice(0, MAX_KEY_CHARACTERS).replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    return SECRET.test(words)
  }

/** Whether a key tells of a person, or holds what a person said. */
export const isPersonal = (key: string): boolean =>
  PERSONAL.some((pattern) => pattern.test(key.slice(0, MAX_KEY_CHARACTERS)))

// destructors

/** What is done with the attribute of a key. */
export const treatmentOf = (privacy: Privacy): ((key: string) => Treatment) => {
  const isOfSecret = isSecret(privacy)
  return (key) => {
    if (!privacy.sendDefaultPii && isPersonal(key)) return 'leave-out'
    if (isOfSecret(key)) return 'filter'
    if (privacy.sendDefaultPii) {
      return ADDRESS.test(key) || QUERY.test(key) ? 'parameters' : 'keep'
    }
    return ADDRESS.test(key) ? 'address' : PEER.test(key) ? 'peer' : 'keep'
  }
}

const MAX_KEY_CHARACTERS = 300

const SECRET =
  /(^|[._\-\s])(pass(word|wd|phrase)?|pwd|secrets?|(api|private|access|secret|encryption|signing)[._-]?key|apikey|token|jwt|bearer|credentials?|(proxy[._-])?authorization|(set[._-])?cookies?|csrf|xsrf|session[._-]?key|connection[._-]?string|card[._-]?number|cvv|ssn)([._\-\s\d]|$)/i

const ADDRESS = /^(url\.(full|original)|url|http\.(url|target|referer))$/

const QUERY = /^(url|http)\.query$/

const PEER = /^(net\.(sock\.peer\.(addr|name)|peer\.(ip|name))|network\.peer\.address)$/

const PERSONAL: ReadonlyArray<RegExp> = [
  /^((enduser|sentry\.user|user)(\.|$)|(client|source)\.(socket\.)?address$|http\.client_ip$)/,
  /^((url|http)\.(query|fragment)$|db\.(query|operation)\.parameter\.|db\.(params|sql\.bindings)(\.|$)|graphql\.variables)/,
  /(^|\.)(request|response)\.(headers?|metadata|cookies?|body(\.(content|text))?$|body$)(\.|$)|^http\.cookies/,
  /^(process\.(command|owner)|container\.command)/,
  /^gen_ai\.((input|output|request)\.messages|system_instructions|prompt|completion|response\.(text|tool_calls|object)|tool\.(call\.(arguments|result)|input|output|message)|event\.content)(\.|$)/,
  /^ai\.(prompt|input|response\.(text|object|toolCalls|reasoning|files)|result\.|toolCall\.(args|result)|values?$|embeddings?$)/,
  /^(llm\.(prompts?|completions?|(input|output)_messages|invocation)|traceloop\.entity\.(input|output)$|(input|output)\.value$|mcp\.(request\.argument|tool\.result|prompt\.result|tool\.arguments))/,
]
