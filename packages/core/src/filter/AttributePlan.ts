/**
 * The plan for an attribute: what redaction does with it, and which form it takes in `data`. A pure function of the key
 * and of the user's choice of privacy.
 *
 * @example
 * ```ts
 * import { Sensitive } from '@sentry-exporter/core'
 * import { AttributePlan } from '@sentry-exporter/core/pipeline'
 *
 * const planOf = AttributePlan.of(Sensitive.defaults)
 * console.log(planOf('db.statement').redaction, planOf('db.statement').form) // keep undefined
 * console.log(planOf('user.email').redaction) // drop
 * console.log(planOf('db.password').redaction) // filter
 * console.log(planOf('route').form) // { _tag: 'Aliased', aliases: [ { to: 'http.route' } ] }
 * ```
 */
import { frozen } from '../internal/frozen.ts'
import type { AttributeForm } from './AttributeForm.ts'
import * as AttributeTable from './AttributeTable.ts'
import * as Sensitive from './Sensitive.ts'

// model

export interface AttributePlan {
  readonly redaction: Redaction
  /** `undefined`: the value under its key. */
  readonly form: AttributeForm | undefined
}

/**
 * `filter` replaces a text by a mark; `cut-url` removes the query, the fragment and the credentials of an address;
 * `filter-parameters` replaces only the secret parameters and the credentials; `drop-on-server` drops the attribute on
 * SERVER spans, whose other side is a client.
 */
export type Redaction =
  | 'keep'
  | 'drop'
  | 'filter'
  | 'cut-url'
  | 'filter-parameters'
  | 'drop-on-server'

// constructors

const MAX_PATTERN_CHARACTERS = 300

/** The rows with a form, by key: a form is looked up for each attribute of each span. */
const FORMS: ReadonlyMap<string, AttributeForm> = new Map(
  AttributeTable.rows.flatMap(({ keys, form }) =>
    form === undefined
      ? []
      : keys.flatMap(
          (key): ReadonlyArray<[string, AttributeForm]> =>
            typeof key === 'string' ? [[key, form]] : [],
        ),
  ),
)

/** Without and with `sendDefaultPii`. */
const REDACTIONS: Readonly<
  Record<AttributeTable.ContentKind, readonly [without: Redaction, with_: Redaction]>
> = {
  personal: ['drop', 'keep'],
  query: ['drop', 'filter-parameters'],
  url: ['cut-url', 'filter-parameters'],
  peer: ['drop-on-server', 'keep'],
}

/** The plan for each key. It is computed anew on each call; `redactor` remembers it. */
export const of = (privacy: Sensitive.Privacy): ((key: string) => AttributePlan) => {
  const isSecret = Sensitive.isSecret(privacy)
  const redactionOf = (key: string): Redaction => {
    const content = contentOf(key)
    const redaction =
      content === undefined ? 'keep' : REDACTIONS[content][privacy.sendDefaultPii ? 1 : 0]
    return redaction !== 'drop' && isSecret(key) ? 'filter' : redaction
  }
  return (key) => ({ redaction: redactionOf(key), form: formOf(key) })
}

// folds

/** The keys whose values have a form of their own in `data`. */
export const keysWithForm: ReadonlyArray<string> = frozen([...FORMS.keys()])

/** The form of a key's value in `data`; `undefined` if the value is kept as it is. */
export const formOf = (key: string): AttributeForm | undefined => FORMS.get(key)

/** The content of a key's value, if it is sensitive. */
export const contentOf = (key: string): AttributeTable.ContentKind | undefined => {
  const compared = key.slice(0, MAX_PATTERN_CHARACTERS)
  return AttributeTable.rows.find(
    ({ keys, content }) =>
      content !== undefined && keys.some((pattern) => isMatch(pattern, compared)),
  )?.content
}

const isMatch = (pattern: string | RegExp, key: string): boolean => {
  if (typeof pattern !== 'string') return pattern.test(key)
  if (!pattern.endsWith('*')) return pattern === key
  const start = pattern.slice(0, -1)
  return key.startsWith(start) || (start.endsWith('.') && key === start.slice(0, -1))
}
