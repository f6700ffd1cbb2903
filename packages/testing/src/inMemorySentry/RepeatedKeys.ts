/** Keys that come more than once in an object of JSON text. Parsers keep one of them silently. */

// model

/** An object or a list that is not closed yet. */
interface Level {
  /** The keys so far; `undefined` for a list. */
  readonly keys: Set<string> | undefined
  /** The last key of an object, or the number of the entry of a list. */
  step: string | number
}

// decoding

/** The paths of keys that come again: `items.0.attributes.port`. The text is valid JSON. */
export const pathsOf = (json: string): ReadonlyArray<string> => {
  const found: Array<string> = []
  const open: Array<Level> = []
  let lastText: readonly [number, number] = [0, 0]
  for (let at = 0; at < json.length; at++) {
    const level = open.at(-1)
    switch (json[at]) {
      case '{':
        open.push({ keys: new Set(), step: '' })
        break
      case '[':
        open.push({ keys: undefined, step: 0 })
        break
      case '}':
      case ']':
        open.pop()
        break
      case ',':
        if (typeof level?.step === 'number') level.step++
        break
      case '"':
        lastText = [at, endOfText(json, at)]
        at = lastText[1] - 1
        break
      case ':': {
        if (level?.keys === undefined) break
        const key = String(JSON.parse(json.slice(...lastText)))
        level.step = key
        if (level.keys.has(key)) found.push(open.map(({ step }) => step).join('.'))
        level.keys.add(key)
      }
    }
  }
  return found
}

/** The index behind the closing quotation mark. */
const endOfText = (json: string, start: number): number => {
  let at = start + 1
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at + 1
}
