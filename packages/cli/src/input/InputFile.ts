/** An input that is read in chunks: a file, or a stream such as standard input. */
import type * as E from '#fp-ts/Either'
import type { FileError } from '../Capabilities.ts'

// model

export interface InputFile {
  /** As it was given; `-` is standard input. */
  readonly path: string
  /** The size of a file, which can be read again; `undefined` for a stream, which can be read once. */
  readonly size: number | undefined
  /** The bytes from the start on. An error is the last element. */
  readonly chunks: () => AsyncIterable<E.Either<FileError, Uint8Array>>
}

/** The copy of a stream in a temporary file. */
export interface KeptInput extends InputFile {
  readonly remove: () => Promise<void>
}

// guards

export const isStream = ({ size }: InputFile): boolean => size === undefined

// folds

/** The bytes of all files; `undefined` if one of them is a stream. */
export const totalSize = (files: ReadonlyArray<InputFile>): number | undefined =>
  files.some(isStream) ? undefined : files.reduce((sum, { size = 0 }) => sum + size, 0)
