/**
 * The block format of LZ4: sequences of literals and a repetition. Every length and offset is checked before it is used. Source:
 * github.com/lz4/lz4, `doc/lz4_Block_format.md`.
 *
 * The registry's decoder in JavaScript (lz4js 0.2) checks none of them; see `docs/design/0010-receivers.md`.
 */
import { copyMatch } from './copyMatch.ts'

// model

/** A part of the output: a block may refer to the bytes from `start`, and write from `at` up to `end`. */
export interface Lz4Output {
  readonly bytes: Uint8Array
  readonly start: number
  readonly at: number
  readonly end: number
}

export type Lz4Expanded =
  | { readonly _tag: 'Expanded'; readonly at: number }
  /** The output would exceed its end. */
  | { readonly _tag: 'Full' }
  | { readonly _tag: 'Invalid'; readonly reason: string }

/** A length and where it ends in the input. */
interface Length {
  readonly value: number
  readonly next: number
}

const MIN_MATCH = 4

/** A length of this value in a token is continued in the bytes behind it. */
const CONTINUED = 15

const FULL: Lz4Expanded = { _tag: 'Full' }

const CUT_OFF: Lz4Expanded = { _tag: 'Invalid', reason: 'a block ends within a sequence' }

const BEFORE_START: Lz4Expanded = {
  _tag: 'Invalid',
  reason: 'a sequence refers to bytes before the start',
}

// constructors

/** Writes one block behind the output. */
export const lz4Block = (block: Uint8Array, { bytes, start, at, end }: Lz4Output): Lz4Expanded => {
  let from = 0
  let to = at
  while (from < block.length) {
    const token = block[from] ?? 0
    const literals = readLength(block, token >> 4, from + 1)
    if (literals === undefined || literals.next + literals.value > block.length) return CUT_OFF
    if (to + literals.value > end) return FULL
    from = literals.next + literals.value
    bytes.set(block.subarray(literals.next, from), to)
    to += literals.value
    // The last sequence of a block has literals only.
    if (from === block.length) return { _tag: 'Expanded', at: to }
    const match = readMatch(block, token, from)
    if (match === undefined) return CUT_OFF
    if (match.offset === 0 || match.offset > to - start) return BEFORE_START
    if (to + match.length > end) return FULL
    copyMatch(bytes, to, match)
    to += match.length
    from = match.next
  }
  return CUT_OFF
}

const readMatch = (
  block: Uint8Array,
  token: number,
  at: number,
): { readonly offset: number; readonly length: number; readonly next: number } | undefined => {
  const low = block[at]
  const high = block[at + 1]
  const length = readLength(block, token & 15, at + 2)
  if (low === undefined || high === undefined || length === undefined) return undefined
  return { offset: low | (high << 8), length: length.value + MIN_MATCH, next: length.next }
}

const readLength = (block: Uint8Array, nibble: number, start: number): Length | undefined => {
  let value = nibble
  let next = start
  let more = nibble === CONTINUED ? 0xff : 0
  while (more === 0xff) {
    const byte = block[next]
    if (byte === undefined) return undefined
    value += byte
    next++
    more = byte
  }
  return { value, next }
}
