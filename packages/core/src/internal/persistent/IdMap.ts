/**
 * A persistent map whose keys are ids of 32 lower-case hexadecimal digits: a HAMT (hash array mapped trie) of degree 16.
 * Old versions stay valid. `get` and `set` are O(log n) for ids whose last digits are spread evenly, as those of traces are;
 * an update copies only the branches on the path to its key. Ids serve as their own hashes: hostile ones cost at most 32
 * steps.
 *
 * Source: P. Bagwell, "Ideal Hash Trees" (2001).
 */
import { frozen } from '../frozen.ts'
import { hexDigit } from '../text/hexDigit.ts'

// model

export type IdMap<A, K extends string = string> = Empty | Leaf<A, K> | Branch<A, K>

interface Empty {
  readonly _tag: 'Empty'
}

interface Leaf<A, K> {
  readonly _tag: 'Leaf'
  readonly key: K
  readonly value: A
}

interface Branch<A, K extends string> {
  readonly _tag: 'Branch'
  /** A bit for each digit that has a child. The digit of a key at depth n is its nth from the end. */
  readonly bitmap: number
  /** In the order of their digits, without gaps: most branches have few children. */
  readonly children: ReadonlyArray<Leaf<A, K> | Branch<A, K>>
}

// constructors

export const empty: Empty = /* @__PURE__ */ frozen({ _tag: 'Empty' })

// transformations

/** With a value under a key; `undefined` removes the key. */
export const set = <A, K extends string>(
  map: IdMap<A, K>,
  key: K,
  value: A | undefined,
): IdMap<A, K> => setAt(map, key, value, 0)

const setAt = <A, K extends string>(
  map: IdMap<A, K>,
  key: K,
  value: A | undefined,
  depth: number,
): IdMap<A, K> => {
  switch (map._tag) {
    case 'Empty':
      return value === undefined ? map : { _tag: 'Leaf', key, value }
    case 'Leaf':
      if (map.key === key) return value === undefined ? empty : { _tag: 'Leaf', key, value }
      return value === undefined ? map : setAt(branchOf(map, depth), key, value, depth)
    case 'Branch': {
      const bit = bitOf(key, depth)
      const index = indexOf(map.bitmap, bit)
      const child = (map.bitmap & bit) === 0 ? undefined : map.children[index]
      return withChild(map, bit, index, setAt(child ?? empty, key, value, depth + 1))
    }
  }
}

const branchOf = <A, K extends string>(leaf: Leaf<A, K>, depth: number): Branch<A, K> => ({
  _tag: 'Branch',
  bitmap: bitOf(leaf.key, depth),
  children: [leaf],
})

/** With another child for a digit. A branch without children becomes `Empty`, and one with a single leaf that leaf. */
const withChild = <A, K extends string>(
  branch: Branch<A, K>,
  bit: number,
  index: number,
  child: IdMap<A, K>,
): IdMap<A, K> => {
  const { bitmap, children } = branch
  const hasChild = (bitmap & bit) !== 0
  if (child._tag === 'Empty') {
    if (!hasChild) return branch
    const others = without(children, index)
    const [only = empty] = others
    return others.length > 1 || only._tag === 'Branch'
      ? { _tag: 'Branch', bitmap: bitmap & ~bit, children: others }
      : only
  }
  if (hasChild && children.length === 1 && child._tag === 'Leaf') return child
  return {
    _tag: 'Branch',
    bitmap: bitmap | bit,
    children: hasChild ? replaced(children, index, child) : inserted(children, index, child),
  }
}

// Arrays of their exact lengths: V8 reserves room for about twenty more elements in one that is spread, pushed to or spliced.

const replaced = <A>(values: ReadonlyArray<A>, index: number, value: A): ReadonlyArray<A> => {
  const copy = values.slice()
  copy[index] = value
  return copy
}

const inserted = <A>(values: ReadonlyArray<A>, index: number, value: A): ReadonlyArray<A> => {
  const { length } = values
  const longer = new Array<A>(length + 1)
  for (let i = 0; i < index; i++) longer[i] = values[i] as A // i < length
  longer[index] = value
  for (let i = index; i < length; i++) longer[i + 1] = values[i] as A // i < length
  return longer
}

const without = <A>(values: ReadonlyArray<A>, index: number): ReadonlyArray<A> => {
  const { length } = values
  const shorter = new Array<A>(length - 1)
  for (let i = 0; i < index; i++) shorter[i] = values[i] as A // i < length
  for (let i = index + 1; i < length; i++) shorter[i - 1] = values[i] as A // i < length
  return shorter
}

// folds

export const get = <A, K extends string>(map: IdMap<A, K>, key: K): A | undefined => {
  let at: IdMap<A, K> | undefined = map
  for (let depth = 0; at !== undefined && at._tag === 'Branch'; depth++) {
    const bit = bitOf(key, depth)
    at = (at.bitmap & bit) === 0 ? undefined : at.children[indexOf(at.bitmap, bit)]
  }
  return at !== undefined && at._tag === 'Leaf' && at.key === key ? at.value : undefined
}

/** Every key with its value, in no meaningful order. O(n). */
export const entries = <A, K extends string>(map: IdMap<A, K>): ReadonlyArray<readonly [K, A]> => {
  const found: Array<readonly [K, A]> = []
  const stack: Array<IdMap<A, K>> = [map]
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (at._tag === 'Leaf') found.push([at.key, at.value])
    else if (at._tag === 'Branch') for (const child of at.children) stack.push(child)
  }
  return found
}

/** The bit of a key's digit. Two different keys differ in one digit, so no two reach the depth of their length together. */
const bitOf = (key: string, depth: number): number =>
  1 << hexDigit(key.charCodeAt(key.length - 1 - depth))

/** The index of a digit's child: the number of children for lower digits. */
const indexOf = (bitmap: number, bit: number): number => {
  let lower = bitmap & (bit - 1)
  let count = 0
  for (; lower !== 0; lower &= lower - 1) count++
  return count
}
