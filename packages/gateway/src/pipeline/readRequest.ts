/** Reads the body of a request for one signal. The path of a request, or its gRPC method, decides which signal it has. */
import * as RejectedItem from '@sentry-exporter/core/Rejected'
import * as DecodeError from '@sentry-exporter/otlp/DecodeError'
import * as OtlpBytes from '@sentry-exporter/otlp/OtlpBytes'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type { OtlpSignal, ReceivedRequest } from '../receiver/Accept.ts'
import * as SignalInput from './SignalInput.ts'

// model

export interface ReadRequest {
  readonly input: OtlpInput.OtlpInput
  /** Items that could not be read. */
  readonly rejected: number
  /** The first reasons, for the sender; empty if everything was read. */
  readonly message: string
}

/** Reasons that an answer names; the others are only counted. */
const MAX_REASONS = 3

const OPEN_BRACE = 0x7b

// decoding

/** `readTraces` reads a request of spans in protobuf. The error is a message for the sender. */
export const readRequest = (
  { signal, encoding, body }: ReceivedRequest,
  readTraces: SignalInput.ReadProtobuf = SignalInput.traces.parseProtobuf,
): E.Either<string, ReadRequest> => {
  if (body.length === 0) return E.right(ofInput(signal, OtlpInput.empty))
  const parseProtobuf =
    signal === 'traces' ? readTraces : SignalInput.bySignal[signal].parseProtobuf
  const read = encoding === 'protobuf' ? parseProtobuf(body) : readJson(signal, body)
  if (E.isRight(read)) return E.right(ofInput(signal, read.right))
  const reason = DecodeError.show(read.left)
  // An object with other keys only is an empty request with unknown fields, which a later version of OTLP may have.
  return read.left._tag === 'NotOtlp' && isObject(body)
    ? E.right({ input: OtlpInput.empty, rejected: 0, message: reason })
    : E.left(reason)
}

/** Of the other signals in the body nothing is taken. */
const readJson = (signal: OtlpSignal, body: Uint8Array): ReturnType<SignalInput.ReadProtobuf> => {
  const own = SignalInput.bySignal[signal]
  return pipe(
    OtlpBytes.parse(body, 'json'),
    E.chain((input) => {
      const [found] = SIGNALS.filter((one) => SignalInput.itemsIn(one, input) > 0)
      return found === undefined || SignalInput.itemsIn(own, input) > 0
        ? E.right(own.only(input))
        : E.left(DecodeError.notOtlp(`${found.key} in the place of ${own.key}`))
    }),
  )
}

const SIGNALS = Object.values(SignalInput.bySignal)

const isObject = (body: Uint8Array): boolean => body.find((byte) => byte > 0x20) === OPEN_BRACE

const ofInput = (signal: OtlpSignal, input: OtlpInput.OtlpInput): ReadRequest => {
  const items = SignalInput.bySignal[signal].rejected(input)
  const reasons = [...input.unread.map(OtlpInput.showUnread), ...items.map(RejectedItem.show)]
  const more = reasons.length - MAX_REASONS
  return {
    input,
    rejected: items.length,
    message: [...reasons.slice(0, MAX_REASONS), ...(more > 0 ? [`${more} more`] : [])].join('; '),
  }
}
