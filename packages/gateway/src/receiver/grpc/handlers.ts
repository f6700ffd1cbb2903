/** The handlers of the services. A message is bytes, decompressed and read outside the library. */
import type { handleUnaryCall, ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js'
import type { Accept, OtlpSignal } from '../Accept.ts'
import * as Outcome from '../Outcome.ts'
import { receive } from '../receive.ts'
import * as ExportResponse from '../status/ExportResponse.ts'
import type { Calls } from './Calls.ts'
import { acceptMetadata, statusOf } from './statusOf.ts'

// model

type BytesHandler = handleUnaryCall<Buffer, Buffer>

export interface HandlerContext {
  readonly calls: Calls
  readonly accept: Accept
  readonly maxBytes: number
}

/** By the name in `services`. Handlers of the library are an untyped record; these have the type of its methods. */
export type BytesHandlers = Record<OtlpSignal, BytesHandler>

const UNNAMED: Outcome.Refused = Outcome.refused(
  'corrupt',
  'the message is marked as compressed, but the call has no grpc-encoding',
)

// constructors

export const handlersOf = (context: HandlerContext): BytesHandlers => ({
  traces: handlerOf(context, 'traces'),
  logs: handlerOf(context, 'logs'),
  metrics: handlerOf(context, 'metrics'),
})

const handlerOf =
  (context: HandlerContext, signal: OtlpSignal): BytesHandler =>
  (call, callback) =>
    void exportMessage(context, signal, call).then((outcome) =>
      answer(outcome, signal, { call, callback }),
    )

const exportMessage = (
  { calls, accept, maxBytes }: HandlerContext,
  signal: OtlpSignal,
  call: ServerUnaryCall<Buffer, Buffer>,
): Promise<Outcome.RequestOutcome> => {
  const known = calls.of(call.metadata)
  if (known === undefined) {
    // Its stream has ended: nobody reads the answer, and the sender repeats the call.
    return Promise.resolve(Outcome.refused('aborted', 'the call has ended'))
  }
  if (known.isCompressed() && known.compression === '') {
    known.refuse(UNNAMED.reason)
    return Promise.resolve(UNNAMED)
  }
  const compression = known.isCompressed() ? known.compression : ''
  const arrived = { signal, encoding: 'protobuf', compression, body: call.request } as const
  return receive(accept, arrived, { maxBytes, lease: known.lease }).then((outcome) => {
    if (outcome._tag === 'Refused') known.refuse(outcome.reason)
    return outcome
  })
}

const answer = (
  outcome: Outcome.RequestOutcome,
  signal: OtlpSignal,
  {
    call,
    callback,
  }: {
    readonly call: ServerUnaryCall<Buffer, Buffer>
    readonly callback: sendUnaryData<Buffer>
  },
): void => {
  if (outcome._tag === 'Refused') {
    callback(statusOf(outcome))
    return
  }
  const { rejected, message } = outcome
  call.sendMetadata(acceptMetadata())
  callback(null, Buffer.from(ExportResponse.encode({ signal, rejected, message }, 'protobuf')))
}
