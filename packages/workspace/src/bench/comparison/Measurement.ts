/**
 * One measurement: the number that `bench --measure FIGURE` prints on a line of its own, in microseconds for each span or in
 * bytes. Commits since 4d34e4b print this form, and `bench --against` reads it from the program of another commit: a change of
 * the form needs a second parser here.
 */
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'

// decoding

/** Characters that cannot be part of a number. */
const MAX_SHOWN = 200

/** `none` if nothing was printed, which is how the program answers for a figure that it does not have. */
export const parse = (printed: string): E.Either<string, O.Option<number>> => {
  const text = printed.trim()
  if (text === '') return E.right(O.none)
  const value = Number(text)
  return Number.isFinite(value)
    ? E.right(O.some(value))
    : E.left(`expected one number, got ${JSON.stringify(text.slice(0, MAX_SHOWN))}`)
}
