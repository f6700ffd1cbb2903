/**
 * Remembers a result for each of the last lines that were read. Programs throw from the same places again and again, so most
 * lines were read before.
 *
 * A two-generation cache: new entries go into the young generation. When it is full it becomes the old one, and the old one is
 * dropped; an entry that is found in the old generation goes into the young one. Each operation takes constant time.
 */

// model

/** Mutable; it belongs to one parser or one pipeline. */
export interface LineCache<A> {
  readonly get: (line: string) => A | undefined
  /** Remembers a result. A very long line is not remembered. */
  readonly set: (line: string, result: A) => void
  /** The number of lines that are remembered, at most twice the bound of a generation. */
  readonly size: () => number
}

/** The bounds of one generation. */
export interface CacheBounds {
  readonly lines: number
  /** Of all its lines together. */
  readonly characters: number
  /** Characters of the longest line that is remembered. */
  readonly longest?: number
}

/** Stacks of some hundred places. The results take some times the memory of the lines. */
const DEFAULT_BOUNDS: CacheBounds = /* @__PURE__ */ Object.freeze({
  lines: 2_048,
  characters: 131_072,
})

/** In characters. */
const MAX_LINE = 512

// constructors

export const make = <A>(bounds: CacheBounds = DEFAULT_BOUNDS): LineCache<A> => {
  let young = new Map<string, A>()
  let old = new Map<string, A>()
  let characters = 0
  const add = (line: string, result: A): void => {
    if (young.size >= bounds.lines || characters + line.length > bounds.characters) {
      old = young
      young = new Map()
      characters = 0
    }
    young.set(line, result)
    characters += line.length
  }
  return {
    get: (line) => {
      const recent = young.get(line)
      if (recent !== undefined) return recent
      const earlier = old.get(line)
      if (earlier === undefined) return undefined
      old.delete(line)
      add(detached(line), earlier)
      return earlier
    },
    set: (line, result) => {
      if (line.length > Math.min(bounds.longest ?? MAX_LINE, bounds.characters)) return
      if (young.has(line)) young.set(line, result)
      else {
        old.delete(line)
        add(detached(line), result)
      }
    },
    size: () => young.size + old.size,
  }
}

/** `read`, which runs once for each line that is remembered. A line without a result is read again. */
export const remembered = <A extends object>(
  read: (line: string) => A | undefined,
  bounds: CacheBounds = DEFAULT_BOUNDS,
): ((line: string) => A | undefined) => {
  const cache = make<A>(bounds)
  return (line) => {
    const known = cache.get(line)
    if (known !== undefined) return known
    if (line.length > (bounds.longest ?? MAX_LINE)) return read(line)
    // The result may hold parts of the line.
    const result = read(detached(line))
    if (result !== undefined) cache.set(line, result)
    return result
  }
}

// transformations

/**
 * An equal text with memory of its own. V8 represents a part of a text by a reference to the whole, so that a line that is
 * remembered would hold the whole stack.
 */
export const detached = (text: string): string => ` ${text}`.slice(1)
