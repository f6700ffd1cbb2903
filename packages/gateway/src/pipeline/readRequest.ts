/** Reads the body of a request for one signal. The path of a request, or its gRPC method, decides which signal it has. */
import * as Batch from '@sentry-exporter/core/Batch'
import * as RejectedItem from '@sentry-exporter/core/Rejected'
import * as DecodeError from '@sentry-exporter/otlp/DecodeError'
import * as ExportLogsRequest from '@sentry-exporter/otlp/ExportLogsRequest'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import * as OtlpBytes from '@sentry-exporter/otlp/OtlpBytes'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import * as E from '#fp-ts/Either'
import { flow, pipe } from '#fp-ts/function'
import type { OtlpSignal, ReceivedRequest } from '../receiver/Accept.ts'

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

const KEYS: Readonly<Record<OtlpSignal, string>> = {
  traces: 'resourceSpans',
  logs: 'resourceLogs',
}

const OPEN_BRACE = 0x7b

// decoding

/** Reads a request of spans in protobuf. */
export type ReadTraces = (
  bytes: Uint8Array,
) => E.Either<DecodeError.DecodeError, OtlpInput.OtlpInput>

const readSpans: ReadTraces = flow(
  ExportTraceRequest.parseProtobuf,
  E.map((batch) => ({ ...OtlpInput.empty, batch })),
)

/** The error is a message for the sender. */
export const readRequest = (
  { signal, encoding, body }: ReceivedRequest,
  readTraces: ReadTraces = readSpans,
): E.Either<string, ReadRequest> => {
  if (body.length === 0) return E.right(ofInput(signal, OtlpInput.empty))
  const read =
    encoding === 'protobuf' ? readProtobuf(signal, body, readTraces) : readJson(signal, body)
  if (E.isRight(read)) return E.right(ofInput(signal, read.right))
  const reason = DecodeError.show(read.left)
  // An object with other keys only is an empty request with unknown fields, which a later version of OTLP may have.
  return read.left._tag === 'NotOtlp' && isObject(body)
    ? E.right({ input: OtlpInput.empty, rejected: 0, message: reason })
    : E.left(reason)
}

type Read = E.Either<DecodeError.DecodeError, OtlpInput.OtlpInput>

const readProtobuf = (signal: OtlpSignal, body: Uint8Array, readTraces: ReadTraces): Read =>
  signal === 'traces'
    ? readTraces(body)
    : pipe(
        ExportLogsRequest.parseProtobuf(body),
        E.map((logs) => ({ ...OtlpInput.empty, logs })),
      )

/** Of the other signals in the body nothing is taken. */
const readJson = (signal: OtlpSignal, body: Uint8Array): Read =>
  pipe(
    OtlpBytes.parse(body, 'json'),
    E.chain((input) => {
      const { batch, logs, unread } = input
      const own = signal === 'traces' ? Batch.spansIn(batch) : itemsIn(logs)
      const others = signal === 'traces' ? itemsIn(logs) : Batch.spansIn(batch)
      if (own === 0 && others + metricsIn(input.metrics) > 0) {
        return E.left(DecodeError.notOtlp(`${foundIn(input)} in the place of ${KEYS[signal]}`))
      }
      return E.right(
        signal === 'traces'
          ? { ...OtlpInput.empty, batch, unread }
          : { ...OtlpInput.empty, logs, unread },
      )
    }),
  )

const itemsIn = ({ records, rejected }: OtlpInput.OtlpInput['logs']): number =>
  records.length + rejected.length

const metricsIn = ({ metrics, rejected }: OtlpInput.OtlpInput['metrics']): number =>
  metrics.length + rejected.length

const foundIn = ({ batch, logs }: OtlpInput.OtlpInput): string => {
  if (Batch.spansIn(batch) > 0) return KEYS.traces
  return itemsIn(logs) > 0 ? KEYS.logs : 'resourceMetrics'
}

const isObject = (body: Uint8Array): boolean => body.find((byte) => byte > 0x20) === OPEN_BRACE

const ofInput = (signal: OtlpSignal, input: OtlpInput.OtlpInput): ReadRequest => {
  const items = signal === 'traces' ? input.batch.rejected : input.logs.rejected
  const reasons = [...input.unread.map(OtlpInput.showUnread), ...items.map(RejectedItem.show)]
  const more = reasons.length - MAX_REASONS
  return {
    input,
    rejected: items.length,
    message: [...reasons.slice(0, MAX_REASONS), ...(more > 0 ? [`${more} more`] : [])].join('; '),
  }
}
