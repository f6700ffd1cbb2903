/**
 * The plan for an attribute of a span whose attributes are printed as bytes: what redaction does with its value, the form of
 * the value in `data`, and whether a rule of the mapping reads it. Pure data, made of the table of keys (`AttributeTable`), the
 * user's choice of privacy, and the keys that the mapping reads.
 *
 * So `db.statement` is copied, and decoded as well, because the rule for the description reads it; `http.url` is decoded, cut,
 * and printed under `url.full` too.
 */
import type { AttributeForm } from '../filter/AttributeForm.ts'
import * as AttributePlan from '../filter/AttributePlan.ts'
import { AI_NAME } from '../filter/aiWords.ts'
import type * as Sensitive from '../filter/Sensitive.ts'
import * as FirstLetters from '../mapping/FirstLetters.ts'
import * as Literal from './Literal.ts'

// model

export interface KeyPlan {
  readonly key: string
  /** The key in UTF-8. */
  readonly text: Literal.Literal
  /** `,"key":`, with escapes. */
  readonly printed: Literal.Literal
  readonly redaction: AttributePlan.Redaction
  /** `undefined`: the value under its key. */
  readonly form: AttributeForm | undefined
  /** Whether a rule reads the value: then it is in the record that rules get. */
  readonly isRead: boolean
  /** The bit of the key among the letters of a span. */
  readonly letters: FirstLetters.FirstLetters
  readonly way: Way
  /** Different for each plan of a pipeline: from 0, without gaps. */
  readonly index: number
}

/**
 * `copy`: a text without a URL is printed as it is; it need not be decoded. `decode`: the value is decoded, and redacted or
 * printed under other keys too. `drop`: redaction removes it. `exact`: a span with this key is not printed as bytes.
 */
export type Way = 'copy' | 'decode' | 'drop' | 'exact'

/** The choices of a pipeline that decide about keys. */
export interface KeyChoices {
  readonly privacy: Sensitive.Privacy
  /** The keys that the mapping reads; `undefined` for every key. */
  readonly reads: ReadonlyArray<string> | undefined
}

// constructors

/** An object sorts such keys before all others. */
const INTEGER = /^\d{1,10}$/

/** Keys that the exporter adds itself: an attribute of this name would be replaced. */
const ADDED = /^(?:otel\.|sentry\.status\.message$)/

/** Keys with a lone surrogate are repaired after printing. */
const SURROGATE = /[\ud800-\udfff]/

export const of = ({ privacy, reads }: KeyChoices): ((key: string, index: number) => KeyPlan) => {
  const planOf = AttributePlan.of(privacy)
  const known = reads === undefined ? undefined : new Set(reads)
  return (key, index) => {
    const { redaction, form } = planOf(key)
    const isRead = known === undefined || known.has(key)
    const way = wayOf(key, redaction, form)
    return {
      key,
      text: Literal.of(key),
      printed: Literal.of(`,${JSON.stringify(key)}:`),
      redaction,
      form,
      isRead,
      letters: FirstLetters.ofKeys([key]),
      way,
      index,
    }
  }
}

const wayOf = (
  key: string,
  redaction: AttributePlan.Redaction,
  form: AttributeForm | undefined,
): Way => {
  if (isExact(key, redaction, form)) return 'exact'
  if (redaction === 'drop') return 'drop'
  const isCopied = redaction === 'keep' || redaction === 'keep-queries'
  return isCopied && form === undefined ? 'copy' : 'decode'
}

/** A key that decides about other attributes, or whose place in `data` is not that of the attribute. */
const isExact = (
  key: string,
  redaction: AttributePlan.Redaction,
  form: AttributeForm | undefined,
): boolean =>
  redaction === 'drop-on-ai' ||
  form?._tag === 'Text' ||
  (form?._tag === 'Aliased' && form.aliases.some(({ as }) => as === 'entries')) ||
  key === '__proto__' ||
  INTEGER.test(key) ||
  ADDED.test(key) ||
  SURROGATE.test(key) ||
  AI_NAME.test(key)
