/** Decompresses a body and gives it to the pipelines. The same for HTTP and gRPC. */
import type { Encoding } from '@sentry-exporter/otlp/OtlpBytes'
import * as E from '#fp-ts/Either'
import type { Accept, OtlpSignal, ReceiverAnswer } from './Accept.ts'
import type { DecompressError } from './compression/Decompressor.ts'
import { decompressors } from './compression/decompressors.ts'
import type { Lease } from './memory/Budget.ts'
import * as Outcome from './Outcome.ts'

// model

/** A body as it arrived. */
export interface ArrivedBody {
  readonly signal: OtlpSignal
  readonly encoding: Encoding
  /** A name of `decompressors`; `''` for none. */
  readonly compression: string
  readonly body: Uint8Array
}

export interface ReceiveLimits {
  readonly maxBytes: number
  readonly lease: Lease
}

/** Senders must wait: JavaScript's takes 0 for never, and a long time would only delay data. */
const MIN_RETRY_SECONDS = 1
const MAX_RETRY_SECONDS = 5

// running

/** Never rejects. */
export const receive = async (
  accept: Accept,
  { signal, encoding, compression, body }: ArrivedBody,
  { maxBytes, lease }: ReceiveLimits,
): Promise<Outcome.RequestOutcome> => {
  const decompress = decompressors.get(compression)
  // Senders of an empty request may name a compression and compress nothing.
  const plain =
    decompress === undefined || body.length === 0
      ? E.right(body)
      : await decompress(body, { maxBytes, take: lease.take })
  if (E.isLeft(plain)) return ofError(plain.left, compression)
  try {
    return ofAnswer(await accept({ signal, encoding, body: plain.right }))
  } catch {
    return Outcome.refused('internal', 'the request could not be processed')
  }
}

const ofError = (error: DecompressError, compression: string): Outcome.Refused => {
  switch (error._tag) {
    case 'TooLarge':
      return Outcome.tooLarge(error.maxBytes, 'decompressed')
    case 'NoMemory':
      return Outcome.noMemory
    case 'Corrupt':
      return Outcome.refused('corrupt', `the body is not valid ${compression}: ${error.reason}`)
  }
}

const ofAnswer = (answer: ReceiverAnswer): Outcome.RequestOutcome => {
  switch (answer._tag) {
    case 'Accepted':
      return { _tag: 'Taken', rejected: answer.rejected, message: answer.message }
    case 'Busy':
      return {
        ...Outcome.refused('busy', answer.message),
        retryAfterSeconds: wholeSeconds(answer.retryAfterSeconds),
      }
    case 'NoPipeline':
      return Outcome.refused('path', answer.message)
    case 'Invalid':
      return Outcome.refused('unreadable', answer.message)
  }
}

const wholeSeconds = (seconds: number): number =>
  Math.min(MAX_RETRY_SECONDS, Math.max(MIN_RETRY_SECONDS, Math.ceil(seconds) || 0))
