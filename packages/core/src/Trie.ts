/**
 * A map by trace id, or by another id of 32 digits, that keeps its old versions: an update copies only the few branches on
 * its way. The ids are in lower case, and their last digits are spread evenly.
 */
import type { EventId } from './EventId.ts'
import type { TraceId } from './TraceId.ts'

// model

export type Trie<A, K extends Id = TraceId> = Empty | Leaf<A, K> | Branch<A, K>

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
  /** By the digit at its depth, counted from the end of the key; `undefined` where nothing is. */
  readonly children: ReadonlyArray<Trie<A, K> | undefined>
}

// constructors

export const empty: Empty = { _tag: 'Empty' }

// destructors

export const get = <A, K extends Id>(trie: Trie<A, K>, key: K): A | undefined => {
  let at: Trie<A, K> | undefined = trie
  for (let depth = 0; at !== undefined && at._tag === 'Branch'; depth++) {
    at = at.children[slot(key, depth)]
  }
  return at !== undefined && at._tag === 'Leaf' && at.key === key ? at.value : undefined
}

/** Every key with its value, in no meaningful order. */
export const entries = <A, K extends Id>(trie: Trie<A, K>): ReadonlyArray<readonly [K, A]> => {
  const found: Array<readonly [K, A]> = []
  const open: Array<Trie<A, K>> = [trie]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at._tag === 'Leaf') found.push([at.key, at.value])
    else if (at._tag === 'Branch') {
      for (const child of at.children) if (child !== undefined) open.push(child)
    }
  }
  return found
}

// combinators

/** With a value under a key; `undefined` removes the key. */
export const set = <A, K extends Id>(trie: Trie<A, K>, key: K, value: A | undefined): Trie<A, K> =>
  setAt(trie, key, value, 0)

const setAt = <A, K extends Id>(
  trie: Trie<A, K>,
  key: K,
  value: A | undefined,
  depth: number,
): Trie<A, K> => {
  switch (trie._tag) {
    case 'Empty':
      return value === undefined ? trie : { _tag: 'Leaf', key, value }
    case 'Leaf':
      if (trie.key === key) return value === undefined ? empty : { _tag: 'Leaf', key, value }
      return value === undefined ? trie : setAt(branchOf(trie, depth), key, value, depth)
    case 'Branch': {
      const at = slot(key, depth)
      const child = setAt(trie.children[at] ?? empty, key, value, depth + 1)
      const children = trie.children.slice()
      children[at] = child._tag === 'Empty' ? undefined : child
      return shrink(children)
    }
  }
}

const WIDTH = 16

const branchOf = <A, K extends Id>(leaf: Leaf<A, K>, depth: number): Branch<A, K> => {
  const children = new Array<Trie<A, K> | undefined>(WIDTH).fill(undefined)
  children[slot(leaf.key, depth)] = leaf
  return { _tag: 'Branch', children }
}

/** A branch of nothing is empty, and one of a single leaf is that leaf. */
const shrink = <A, K extends Id>(children: ReadonlyArray<Trie<A, K> | undefined>): Trie<A, K> => {
  let only: Trie<A, K> | undefined
  for (const child of children) {
    if (child === undefined) continue
    if (only !== undefined || child._tag === 'Branch') return { _tag: 'Branch', children }
    only = child
  }
  return only ?? empty
}

/** The value of a digit: two different ids differ in one, so that they part before they end. */
const slot = (key: Id, depth: number): number => {
  const code = key.charCodeAt(key.length - 1 - depth)
  return code < LETTER_A ? code - DIGIT_0 : code - LETTER_A + 10
}

const DIGIT_0 = 48

const LETTER_A = 97
