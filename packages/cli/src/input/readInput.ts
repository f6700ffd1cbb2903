/** Decodes a file part by part: a file of any size takes the memory of a part. */
import * as DecodeError from '@sentry-exporter/otlp/DecodeError'
import * as OtlpBytes from '@sentry-exporter/otlp/OtlpBytes'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { decompressed } from './decompressed.ts'
import * as FilePiece from './FilePiece.ts'
import type { InputFile } from './InputFile.ts'

// decoding

/** The content of one part. Whatever cannot be read is an unread part of it, with its place. */
export const readPiece = (piece: FilePiece.FilePiece): OtlpInput.OtlpInput => {
  switch (piece._tag) {
    case 'Whole':
      return pipe(OtlpBytes.parse(piece.bytes), E.getOrElse(OtlpInput.ofError))
    case 'Lines':
      return OtlpBytes.parseLines(piece.bytes, piece.firstLine)
    case 'Message':
      return OtlpInput.withPlace(
        `message ${piece.number}`,
        pipe(OtlpBytes.parse(piece.bytes, 'protobuf'), E.getOrElse(OtlpInput.ofError)),
      )
    case 'Failed':
      return OtlpInput.ofError(
        DecodeError.mismatch({
          path: 'end of the file',
          expected: 'further bytes',
          actual: piece.error.reason,
        }),
      )
  }
}

// running

/** The content of a file, one part after the other. `onRead` receives the number of bytes of the file as they are read. */
export const readInput = async function* (
  file: InputFile,
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<OtlpInput.OtlpInput> {
  for await (const piece of FilePiece.ofChunks(file.path, decompressed(file, onRead))) {
    yield readPiece(piece)
  }
}
