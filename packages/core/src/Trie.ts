/**
 * A map by trace id that keeps its old versions: an update copies only the few branches on its way. Trace ids are of one
 * length and in lower case, and their last digits are spread evenly.
 */
import type { TraceId } from './TraceId.ts'

// model

export type Trie<A> = Empty | Leaf<A> | Branch<A>

interface Empty {
  readonly _tag: 'Empty'
}

interface Leaf<A> {
  readonly _tag: 'Leaf'
  readonly key: TraceId
  readonly value: A
}

interface Branch<A> {
  readonly _tag: 'Branch'
  /** By the digit at its depth, counted from the end of the key; `undefined` where nothing is. */
  readonly children: ReadonlyArray<Trie<A> | undefined>
}

// constructors

export const empty: Trie<never> = { _tag: 'Empty' }

// destructors

export const get = <A>(trie: Trie<A>, key: TraceId): A | undefined => {
  let at: Trie<A> | undefined = trie
  for (let depth = 0; at !== undefined && at._tag === 'Branch'; depth++) {
    at = at.children[slot(key, depth)]
  }
  return at !== undefined && at._tag === 'Leaf' && at.key === key ? at.value : undefined
}

/** Every key with its value, in no meaningful order. */
export const entries = <A>(trie: Trie<A>): ReadonlyArray<readonly [TraceId, A]> => {
  const found: Array<readonly [TraceId, A]> = []
  const open: Array<Trie<A>> = [trie]
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
export const set = <A>(trie: Trie<A>, key: TraceId, value: A | undefined): Trie<A> =>
  setAt(trie, key, value, 0)

const setAt = <A>(trie: Trie<A>, key: TraceId, value: A | undefined, depth: number): Trie<A> => {
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

const branchOf = <A>(leaf: Leaf<A>, depth: number): Branch<A> => {
  const children = new Array<Trie<A> | undefined>(WIDTH).fill(undefined)
  children[slot(leaf.key, depth)] = leaf
  return { _tag: 'Branch', children }
}

/** A branch of nothing is empty, and one of a single leaf is that leaf. */
const shrink = <A>(children: ReadonlyArray<Trie<A> | undefined>): Trie<A> => {
  let only: Trie<A> | undefined
  for (const child of children) {
    if (child === undefined) continue
    if (only !== undefined || child._tag === 'Branch') return { _tag: 'Branch', children }
    only = child
  }
  return only ?? empty
}

/** The value of a digit: two different ids differ in one, so that they part before they end. */
const slot = (key: TraceId, depth: number): number => {
  const code = key.charCodeAt(key.length - 1 - depth)
  return code < LETTER_A ? code - DIGIT_0 : code - LETTER_A + 10
}

const DIGIT_0 = 48

const LETTER_A = 97
