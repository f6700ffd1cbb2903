/** Parses the text of a request body. */
import * as E from '#fp-ts/Either'
import * as DecodeError from '../DecodeError.ts'

// decoding

export const parseJson = (text: string): E.Either<DecodeError.DecodeError, unknown> =>
  E.tryCatch(
    (): unknown => JSON.parse(text),
    (error) => DecodeError.notJson(error instanceof Error ? error.message : String(error)),
  )
