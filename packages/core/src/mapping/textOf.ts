import * as Attributes from '../model/Attributes.ts'
import * as FirstLetters from './FirstLetters.ts'
import { needing, reading, type SpanFunction } from './SpanFunction.ts'

/** The first of the keys that holds a text that is not empty. */
export const textOf = (...keys: ReadonlyArray<string>): SpanFunction<string | undefined> => {
  const wanted = FirstLetters.ofKeys(keys)
  // hot: most spans have no key of a given convention.
  return needing(
    keys,
    reading(keys, (span, letters = FirstLetters.every) =>
      FirstLetters.mayHave(letters, wanted)
        ? Attributes.firstText(span.attributes, keys)
        : undefined,
    ),
  )
}

/** Whether one of the keys is there, with a value of any type. */
export const hasKey = (...keys: ReadonlyArray<string>): SpanFunction<boolean> => {
  const wanted = FirstLetters.ofKeys(keys)
  return needing(
    keys,
    reading(
      keys,
      ({ attributes }, letters = FirstLetters.every) =>
        FirstLetters.mayHave(letters, wanted) && keys.some((key) => attributes[key] !== undefined),
    ),
  )
}
