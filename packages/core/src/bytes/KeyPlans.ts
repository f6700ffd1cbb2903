/**
 * The plans of the keys that a pipeline has seen: by the text of a key, and by its bytes in UTF-8, so that a known key is not
 * decoded. Bounded: the memory starts anew when senders make up more keys. Mutable; one owner.
 */
import * as KeyPlan from './KeyPlan.ts'
import * as Literal from './Literal.ts'

// model

export interface KeyPlans {
  readonly ofText: (key: string) => KeyPlan.KeyPlan
  /** The plan of a key of ASCII that was seen before, from its bytes; `undefined` for any other key. */
  readonly ofBytes: (source: DataView, from: number, to: number) => KeyPlan.KeyPlan | undefined
  /** Forgets all plans if there are too many. To be called before each span, and not while one is read. */
  readonly trim: () => void
}

/** Also the number of different indexes, beside those of one span. */
export const MAX_PLANS = 4_096

/** In characters. Longer keys are not remembered: a span with one is not printed as bytes. */
const MAX_KEY = 300

const SLOTS = 4_096

/** Slots that are looked at for one key. */
const MAX_PROBES = 8

/** Longer keys are rare, and not worth the comparison. */
const MAX_LENGTH = 64

// constructors

export const make = (choices: KeyPlan.KeyChoices): KeyPlans => {
  const planOf = KeyPlan.of(choices)
  const tooLong: KeyPlan.KeyPlan = { ...planOf('', -1), way: 'exact' }
  const byText = new Map<string, KeyPlan.KeyPlan>()
  const byBytes: Array<KeyPlan.KeyPlan | undefined> = new Array(SLOTS).fill(undefined)
  const remember = (plan: KeyPlan.KeyPlan): void => {
    const { text } = plan
    // A key that is not ASCII has other bytes than its text has units.
    if (text.length === 0 || text.length > MAX_LENGTH || plan.key.length !== text.length) return
    let slot = slotOf(new DataView(bytesOf(text)), 0, text.length)
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
      if (key.length > MAX_KEY) return tooLong
      const known = byText.get(key)
      if (known !== undefined) return known
      const plan = planOf(key, byText.size)
      byText.set(key, plan)
      remember(plan)
      return plan
    },
    ofBytes: (source, from, to) => {
      // hot: once for each attribute of each span
      const length = to - from
      if (length === 0 || length > MAX_LENGTH) return undefined
      let slot = slotOf(source, from, to)
      for (let i = 0; i < MAX_PROBES; i++) {
        const plan = byBytes[slot]
        if (plan === undefined) return undefined
        if (plan.text.length === length && isEqual(plan.text, source, from)) return plan
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

const bytesOf = ({ words, length }: Literal.Literal): ArrayBuffer => {
  const view = new DataView(new ArrayBuffer(words.length * Literal.WORD))
  for (const [index, word] of words.entries()) view.setInt32(index * Literal.WORD, word, true)
  return view.buffer.slice(0, length)
}

/** A hash of the length and of five bytes: keys of one convention differ in their last words. */
const slotOf = (source: DataView, from: number, to: number): number => {
  const length = to - from
  const last = source.getUint8(to - 1)
  const middle = source.getUint8(from + (length >> 1))
  const late = source.getUint8(from + ((3 * length) >> 2))
  const before = source.getUint8(length > 1 ? to - 2 : from)
  let hash = Math.imul(length ^ (last << 8) ^ (before << 16), 0x9e3779b1)
  hash = Math.imul(
    hash ^ (hash >>> 15) ^ middle ^ (late << 8) ^ (source.getUint8(from) << 16),
    0x85ebca6b,
  )
  return (hash ^ (hash >>> 13)) & (SLOTS - 1)
}

const isEqual = ({ words, length }: Literal.Literal, source: DataView, from: number): boolean => {
  // hot: once for each attribute of each span
  const whole = length >> 2
  for (let i = 0; i < whole; i++) {
    if (words[i] !== source.getInt32(from + i * Literal.WORD, true)) return false
  }
  const rest = words[whole] ?? 0
  for (let i = whole * Literal.WORD; i < length; i++) {
    if (((rest >>> ((i & 3) * 8)) & 0xff) !== source.getUint8(from + i)) return false
  }
  return true
}
