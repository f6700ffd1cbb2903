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
 * console.log(planOf('http.route').redaction, planOf('http.route').form) // keep undefined
 * console.log(planOf('user.email').redaction) // drop
 * console.log(planOf('db.password').redaction) // filter
 * console.log(planOf('route').form) // { _tag: 'Aliased', aliases: [ { to: 'http.route' } ] }
 * ```
 */
import { frozen } from '../internal/frozen.ts'
import type { AttributeForm } from './AttributeForm.ts'
import * as AttributeTable from './AttributeTable.ts'
import * as KeyWords from './KeyWords.ts'
import * as Sensitive from './Sensitive.ts'

// model

export interface AttributePlan {
  readonly redaction: Redaction
  /** `undefined`: the value under its key. */
  readonly form: AttributeForm | undefined
}

/**
 * `keep` keeps all but the credentials and the queries of URLs in a text, `keep-queries` all but the credentials and secret
 * parameters; `filter` replaces a text by a mark; `cut-url` removes the query, the fragment and the credentials of an
 * address; `filter-parameters` replaces only the secret parameters and the credentials; `drop-on-server` drops the attribute
 * on SERVER spans, whose other side is a client; `drop-on-ai` drops it where it belongs to AI.
 */
export type Redaction = TextRedaction | 'drop' | 'drop-on-ai' | 'drop-on-server' | 'filter'

/** The treatment of the texts of a value that is not dropped. */
export type TextRedaction = 'keep' | 'keep-queries' | 'cut-url' | 'filter-parameters'

// constructors

/** The forms by key: a form is looked up for each attribute of each span. */
const FORMS: ReadonlyMap<string, AttributeForm> = new Map(
  AttributeTable.rows.flatMap(({ keys, form }) =>
    keys.map((key): [string, AttributeForm] => [key, form]),
  ),
)

/** Without and with `sendDefaultPii`. */
const REDACTIONS: Readonly<
  Record<AttributeTable.ContentKind, readonly [without: Redaction, with_: Redaction]>
> = {
  personal: ['drop', 'keep'],
  conversation: ['drop-on-ai', 'keep'],
  code: ['keep-queries', 'keep-queries'],
  query: ['drop', 'filter-parameters'],
  url: ['cut-url', 'filter-parameters'],
  peer: ['drop-on-server', 'keep'],
}

/** The plan for each key. It is computed anew on each call; `redactor` remembers it. */
export const of = (privacy: Sensitive.Privacy): ((key: string) => AttributePlan) => {
  const isSecret = Sensitive.isSecret(privacy)
  const redactionOf = (key: string): Redaction => {
    const content = KeyWords.contentOf(key)
    const redaction =
      content === undefined ? 'keep' : REDACTIONS[content][privacy.sendDefaultPii ? 1 : 0]
    return redaction !== 'drop' && isSecret(key) ? 'filter' : redaction
  }
  return (key) => ({ redaction: redactionOf(key), form: formOf(key) })
}

// folds

/** The keys whose values have a form of their own in `data`. */
export const keysWithForm: ReadonlyArray<string> = /* @__PURE__ */ frozen([...FORMS.keys()])

/** The form of a key's value in `data`; `undefined` if the value is kept as it is. */
export const formOf = (key: string): AttributeForm | undefined => FORMS.get(key)
