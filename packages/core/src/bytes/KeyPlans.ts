/**
 * The plans of the keys that a pipeline has seen: by the text of a key, and by its bytes in UTF-8, so that a known key is not
 * decoded. The keys of spans follow each other in few orders: the plan that followed the last one before is compared first.
 * Bounded: the memory starts anew when senders make up more keys. Mutable; one owner.
 */
import * as KeyPlan from './KeyPlan.ts'
import * as Literal from './Literal.ts'
import { MAX_ATTRIBUTES } from './ScannedSpan.ts'

// model

export interface KeyPlans {
  readonly ofText: (key: string) => KeyPlan.KeyPlan
  /** The same for the next attribute of a span. */
  readonly nextOfText: (key: string) => KeyPlan.KeyPlan
  /**
   * The plan of the next attribute of a span, from the bytes of its key; `undefined` for a key that was not seen before, or that
   * is not ASCII.
   */
  readonly nextOfBytes: (source: DataView, from: number, to: number) => KeyPlan.KeyPlan | undefined
  /** Begins a span. Forgets all plans if there are too many: no plan of the span before may be in use. */
  readonly begin: () => void
}

export const MAX_PLANS = 4_096

/** More than any index: a span may bring new keys, and their aliases. */
export const MAX_INDEXES: number = MAX_PLANS + 2 * MAX_ATTRIBUTES

/** In characters. Longer keys are not remembered: a span with one is not printed as bytes. */
const MAX_KEY = 300

const SLOTS = 4_096

/** Slots that are looked at for one key. */
const MAX_PROBES = 8

/** Longer keys are rare, and not worth the comparison. */
const MAX_LENGTH = 64

/** In place of the plan before the first attribute of a span. */
const START = MAX_INDEXES

// constructors

export const make = (choices: KeyPlan.KeyChoices): KeyPlans => {
  const planOf = KeyPlan.of(choices)
  const tooLong: KeyPlan.KeyPlan = { ...planOf('', -1), way: 'exact' }
  const byText = new Map<string, KeyPlan.KeyPlan>()
  const byBytes = tableOfBytes()
  /** By the index of a plan: the plan that came after it the last time. */
  const followers: Array<KeyPlan.KeyPlan | undefined> = new Array(START + 1).fill(undefined)
  let last = START
  const follow = (plan: KeyPlan.KeyPlan): KeyPlan.KeyPlan => {
    followers[last] = plan
    last = plan.index
    return plan
  }
  const ofText = (key: string): KeyPlan.KeyPlan => {
    if (key.length > MAX_KEY) return tooLong
    const known = byText.get(key)
    if (known !== undefined) return known
    const plan = planOf(key, byText.size)
    byText.set(key, plan)
    byBytes.add(plan)
    return plan
  }
  return {
    ofText,
    nextOfText: (key) => {
      const guess = followers[last]
      const plan = guess !== undefined && guess.key === key ? guess : ofText(key)
      return plan === tooLong ? plan : follow(plan)
    },
    nextOfBytes: (source, from, to) => {
      // hot: once for each attribute of each span
      const guess = followers[last]
      if (guess !== undefined && isKey(guess, source, from, to)) {
        last = guess.index
        return guess
      }
      const plan = byBytes.get(source, from, to)
      return plan === undefined ? undefined : follow(plan)
    },
    begin: () => {
      last = START
      if (byText.size < MAX_PLANS) return
      byText.clear()
      byBytes.clear()
      followers.fill(undefined)
    },
  }
}

/** The plans by the bytes of their keys. */
interface TableOfBytes {
  readonly add: (plan: KeyPlan.KeyPlan) => void
  readonly get: (source: DataView, from: number, to: number) => KeyPlan.KeyPlan | undefined
  readonly clear: () => void
}

/** Open addressing. A plan that finds no slot is found by its text. */
const tableOfBytes = (): TableOfBytes => {
  const plans: Array<KeyPlan.KeyPlan | undefined> = new Array(SLOTS).fill(undefined)
  return {
    add: (plan) => {
      const { text } = plan
      // A key that is not ASCII has other bytes than its text has units.
      if (text.length === 0 || text.length > MAX_LENGTH || plan.key.length !== text.length) return
      let slot = slotOf(new DataView(bytesOf(text)), 0, text.length)
      for (let i = 0; i < MAX_PROBES; i++) {
        if (plans[slot] === undefined) {
          plans[slot] = plan
          return
        }
        slot = (slot + 1) % SLOTS
      }
    },
    get: (source, from, to) => {
      const length = to - from
      if (length === 0 || length > MAX_LENGTH) return undefined
      let slot = slotOf(source, from, to)
      for (let i = 0; i < MAX_PROBES; i++) {
        const plan = plans[slot]
        if (plan === undefined) return undefined
        if (isKey(plan, source, from, to)) return plan
        slot = (slot + 1) % SLOTS
      }
      return undefined
    },
    clear: () => {
      plans.fill(undefined)
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

/** Whether the bytes are the key of a plan. */
const isKey = (
  { text: { words, length } }: KeyPlan.KeyPlan,
  source: DataView,
  from: number,
  to: number,
): boolean => {
  // hot: once for each attribute of each span
  if (to - from !== length) return false
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
