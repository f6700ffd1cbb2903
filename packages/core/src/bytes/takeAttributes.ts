/**
 * The first pass over the attributes of a scanned span: redacts what is decoded, and makes the record of the attributes that
 * rules read.
 */
import type { Context, Redactor } from '../filter/redact.ts'
import * as FirstLetters from '../mapping/FirstLetters.ts'
import type { Attributes, AttributeValue } from '../model/Attributes.ts'
import type { KeyPlan } from './KeyPlan.ts'
import { MAX_INDEXES } from './KeyPlans.ts'
import type { ScannedAttributes } from './ScannedSpan.ts'

// model

/** The marks of the keys of the current span, by the index of their plans. Mutable; one owner. */
export interface KeyMarks {
  /** The number of the current span. */
  span: number
  /** The letters of the attributes that rules read. */
  letters: FirstLetters.FirstLetters
  /** The last span that had the key, and the last whose `data` has it. */
  readonly had: Float64Array
  readonly has: Float64Array
}

// constructors

export const marks = (): KeyMarks => ({
  span: 0,
  letters: FirstLetters.none,
  had: new Float64Array(MAX_INDEXES),
  has: new Float64Array(MAX_INDEXES),
})

// transformations

/**
 * The attributes that rules read, redacted. `undefined` for a span that must take the exact path. An attribute that is dropped
 * has neither a place nor a value afterwards; one that was redacted has a value alone.
 */
export const takeAttributes = (
  found: ScannedAttributes,
  redact: Redactor,
  context: Context,
  keys: KeyMarks,
): Attributes | undefined => {
  // hot: once for each attribute of each span
  const { count, plans, values, from } = found
  const span = ++keys.span
  const read: Record<string, AttributeValue> = {}
  let letters = FirstLetters.none
  for (let i = 0; i < count; i++) {
    const plan = plans[i]
    if (plan === undefined || plan.way === 'exact' || keys.had[plan.index] === span) {
      return undefined
    }
    keys.had[plan.index] = span
    if (plan.way === 'drop') {
      decodeAt(found, i)
      leaveOut(found, i)
      continue
    }
    keys.has[plan.index] = span
    let value = values[i]
    if (value === undefined) {
      if (plan.way === 'copy' && !plan.isRead) continue
      value = found.decode(from[i] ?? 0, found.to[i] ?? 0)
    }
    const redacted = isKept(plan, value) ? value : redact.value(value, plan, context)
    if (redacted === undefined) {
      leaveOut(found, i)
      keys.has[plan.index] = 0
      continue
    }
    values[i] = redacted
    if (redacted !== value) from[i] = -1
    if (plan.isRead) {
      read[plan.key] = redacted
      letters |= plan.letters
    }
  }
  keys.letters = letters
  return read
}

/** Decodes the texts of a span that is dropped: their repairs are counted, as those of all spans. */
export const decodeAll = (found: ScannedAttributes): void => {
  for (let i = 0; i < found.count; i++) decodeAt(found, i)
}

const decodeAt = (found: ScannedAttributes, i: number): void => {
  if (found.values[i] === undefined) found.decode(found.from[i] ?? 0, found.to[i] ?? 0)
}

const leaveOut = ({ values, from }: ScannedAttributes, i: number): void => {
  values[i] = undefined
  from[i] = -1
}

/** Whether redaction certainly keeps a value as it is. */
const isKept = ({ redaction }: KeyPlan, value: AttributeValue): boolean => {
  if (redaction !== 'keep' && redaction !== 'keep-queries') return false
  return typeof value === 'string' ? !value.includes('://') : typeof value !== 'object'
}
