/**
 * The plans of the keys that a pipeline has seen: by the text of a key, and by its bytes in UTF-8, so that a known key is not
 * decoded. Bounded: the memory starts anew when senders make up more keys. Mutable; one owner.
 */
import * as KeyPlan from './KeyPlan.ts'

// model

export interface KeyPlans {
  readonly ofText: (key: string) => KeyPlan.KeyPlan
  /** The plan of a key of ASCII that was seen before, from its bytes; `undefined` for any other key. */
  readonly ofBytes: (bytes: Uint8Array, from: number, to: number) => KeyPlan.KeyPlan | undefined
  /** Forgets all plans if there are too many. Not to be called while a span is read. */
  readonly trim: () => void
}

/** Also the number of different indexes, beside those of one span. */
export const MAX_PLANS = 4_096

const SLOTS = 4_096

/** Slots that are looked at for one key. */
const MAX_PROBES = 8

/** Longer keys are rare, and not worth the comparison. */
const MAX_LENGTH = 64

// constructors

export const make = (rules: KeyPlan.KeyRules): KeyPlans => {
  const planOf = KeyPlan.of(rules)
  const byText = new Map<string, KeyPlan.KeyPlan>()
  const byBytes: Array<KeyPlan.KeyPlan | undefined> = new Array(SLOTS).fill(undefined)
  const remember = (plan: KeyPlan.KeyPlan): void => {
    // A key that is escaped, or is not ASCII, has other bytes than its printed form.
    const length = plan.printed.length - AROUND
    if (plan.key.length !== length || length === 0 || length > MAX_LENGTH) return
    let slot = slotOf(plan.printed, 1, 1 + length)
    for (let i = 0; i < MAX_PROBES; i++) {
      if (byBytes[slot] === undefined) {
        byBytes[slot] = plan
        return
      }
      slot = (slot + 1) % SLOTS
    }
  }
  return {
    ofText: (key) => {
      const known = byText.get(key)
      if (known !== undefined) return known
      const plan = planOf(key, byText.size)
      byText.set(key, plan)
      remember(plan)
      return plan
    },
    ofBytes: (bytes, from, to) => {
      // hot: once for each attribute of each span
      const length = to - from
      if (length === 0 || length > MAX_LENGTH) return undefined
      let slot = slotOf(bytes, from, to)
      for (let i = 0; i < MAX_PROBES; i++) {
        const plan = byBytes[slot]
        if (plan === undefined) return undefined
        if (plan.printed.length - AROUND === length && isEqual(plan.printed, bytes, from, length)) {
          return plan
        }
        slot = (slot + 1) % SLOTS
      }
      return undefined
    },
    trim: () => {
      if (byText.size < MAX_PLANS) return
      byText.clear()
      byBytes.fill(undefined)
    },
  }
}

/** The quotes and the colon of a printed key. */
const AROUND = 3

/** A hash of the length and of five bytes: keys of one convention differ in their last words. */
const slotOf = (bytes: Uint8Array, from: number, to: number): number => {
  const length = to - from
  let hash = Math.imul(length ^ ((bytes[to - 1] ?? 0) << 8), 0x9e3779b1)
  hash = Math.imul(hash ^ (bytes[from] ?? 0) ^ ((bytes[to - 2] ?? 0) << 8), 0x85ebca6b)
  hash ^= hash >>> 15
  hash = Math.imul(
    hash ^ (bytes[from + (length >> 1)] ?? 0) ^ ((bytes[from + ((3 * length) >> 2)] ?? 0) << 8),
    0xc2b2ae35,
  )
  return (hash ^ (hash >>> 13)) & (SLOTS - 1)
}

const isEqual = (printed: Uint8Array, bytes: Uint8Array, from: number, length: number): boolean => {
  for (let i = 0; i < length; i++) if (printed[i + 1] !== bytes[from + i]) return false
  return true
}
