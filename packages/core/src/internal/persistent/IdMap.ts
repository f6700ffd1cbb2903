/**
 * A map by trace id, or by another id of 32 digits, that keeps its old versions: an update copies only the few branches on
 * its way. The ids are in lower case, and their last digits are spread evenly.
 */
import type { EventId } from '../../model/EventId.ts'
import type { TraceId } from '../../model/TraceId.ts'

// model

export type IdMap<A, K extends Id = TraceId> = Empty | Leaf<A, K> | Branch<A, K>

type Id = TraceId | EventId

interface Empty {
  readonly _tag: 'Empty'
}

interface Leaf<A, K> {
  readonly _tag: 'Leaf'
  readonly key: K
  readonly value: A
}

interface Branch<A, K extends Id> {
  readonly _tag: 'Branch'
  /** The digits that something is below, as bits: those at its depth, counted from the end of the key. */
  readonly digits: number
  /** In the order of their digits. Most branches have few: places that are empty take no memory. */
  readonly children: ReadonlyArray<Leaf<A, K> | Branch<A, K>>
}

// constructors

export const empty: Empty = { _tag: 'Empty' }

// destructors

export const get = <A, K extends Id>(trie: IdMap<A, K>, key: K): A | undefined => {
  let at: IdMap<A, K> | undefined = trie
  for (let depth = 0; at !== undefined && at._tag === 'Branch'; depth++) {
    const bit = bitOf(key, depth)
    at = (at.digits & bit) === 0 ? undefined : at.children[below(at.digits, bit)]
  }
  return at !== undefined && at._tag === 'Leaf' && at.key === key ? at.value : undefined
}

/** Every key with its value, in no meaningful order. */
export const entries = <A, K extends Id>(trie: IdMap<A, K>): ReadonlyArray<readonly [K, A]> => {
  const found: Array<readonly [K, A]> = []
  const open: Array<IdMap<A, K>> = [trie]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at._tag === 'Leaf') found.push([at.key, at.value])
    else if (at._tag === 'Branch') for (const child of at.children) open.push(child)
  }
  return found
}

// combinators

/** With a value under a key; `undefined` removes the key. */
export const set = <A, K extends Id>(
  trie: IdMap<A, K>,
  key: K,
  value: A | undefined,
): IdMap<A, K> => setAt(trie, key, value, 0)

const setAt = <A, K extends Id>(
  trie: IdMap<A, K>,
  key: K,
  value: A | undefined,
  depth: number,
): IdMap<A, K> => {
  switch (trie._tag) {
    case 'Empty':
      return value === undefined ? trie : { _tag: 'Leaf', key, value }
    case 'Leaf':
      if (trie.key === key) return value === undefined ? empty : { _tag: 'Leaf', key, value }
      return value === undefined ? trie : setAt(branchOf(trie, depth), key, value, depth)
    case 'Branch': {
      const bit = bitOf(key, depth)
      const at = below(trie.digits, bit)
      const child = (trie.digits & bit) === 0 ? undefined : trie.children[at]
      return withChild(trie, bit, at, setAt(child ?? empty, key, value, depth + 1))
    }
  }
}

const branchOf = <A, K extends Id>(leaf: Leaf<A, K>, depth: number): Branch<A, K> => ({
  _tag: 'Branch',
  digits: bitOf(leaf.key, depth),
  children: [leaf],
})

/** With something else below a digit. A branch of nothing is empty, and one of a single leaf is that leaf. */
const withChild = <A, K extends Id>(
  branch: Branch<A, K>,
  bit: number,
  at: number,
  child: IdMap<A, K>,
): IdMap<A, K> => {
  const { digits, children } = branch
  const isThere = (digits & bit) !== 0
  if (child._tag === 'Empty') {
    if (!isThere) return branch
    const others = without(children, at)
    const [only = empty] = others
    return others.length > 1 || only._tag === 'Branch'
      ? { _tag: 'Branch', digits: digits & ~bit, children: others }
      : only
  }
  if (isThere && children.length === 1 && child._tag === 'Leaf') return child
  return {
    _tag: 'Branch',
    digits: digits | bit,
    children: isThere ? replaced(children, at, child) : inserted(children, at, child),
  }
}

// Arrays of their exact lengths: what is spread, pushed or spliced gets room for twenty more.

const replaced = <A>(all: ReadonlyArray<A>, at: number, value: A): ReadonlyArray<A> => {
  const copy = all.slice()
  copy[at] = value
  return copy
}

const inserted = <A>(all: ReadonlyArray<A>, at: number, value: A): ReadonlyArray<A> => {
  const longer = new Array<A>(all.length + 1)
  for (let i = 0; i < at; i++) longer[i] = all[i] as A // Below the length of all.
  longer[at] = value
  for (let i = at; i < all.length; i++) longer[i + 1] = all[i] as A // Below the length of all.
  return longer
}

const without = <A>(all: ReadonlyArray<A>, at: number): ReadonlyArray<A> => {
  const shorter = new Array<A>(all.length - 1)
  for (let i = 0; i < at; i++) shorter[i] = all[i] as A // Below the length of all.
  for (let i = at + 1; i < all.length; i++) shorter[i - 1] = all[i] as A // Below the length of all.
  return shorter
}

const bitOf = (key: Id, depth: number): number => 1 << slot(key, depth)

/** How many digits of a branch come before one. */
const below = (digits: number, bit: number): number => {
  let bits = digits & (bit - 1)
  let count = 0
  for (; bits !== 0; bits &= bits - 1) count++
  return count
}

/** The value of a digit: two different ids differ in one, so that they part before they end. */
const slot = (key: Id, depth: number): number => {
  const code = key.charCodeAt(key.length - 1 - depth)
  return code < LETTER_A ? code - DIGIT_0 : code - LETTER_A + 10
}

const DIGIT_0 = 48

const LETTER_A = 97
