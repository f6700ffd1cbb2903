/** One request over HTTP, from its head to its answer. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Encoding, encodingOf } from '@sentry-exporter/otlp/OtlpBytes'
import type { Accept, OtlpSignal } from '../Accept.ts'
import type { Budget, Lease } from '../memory/Budget.ts'
import type * as Observe from '../Observe.ts'
import * as Outcome from '../Outcome.ts'
import { receive } from '../receive.ts'
import * as ExportResponse from '../status/ExportResponse.ts'
import * as RpcStatus from '../status/RpcStatus.ts'
import type { Admission, AdmissionRules } from './admit.ts'
import type { Cors, HeaderList } from './Cors.ts'
import { readBody } from './readBody.ts'
import { type HttpReply, reply } from './reply.ts'

// model

export interface HttpContext {
  readonly rules: AdmissionRules
  readonly cors: Cors
  /** Of every answer. */
  readonly headers: () => HeaderList
  readonly maxBodyBytes: number
  readonly budget: Budget
  readonly accept: Accept
  readonly observe: Observe.Observe
  /** Why the connection of the request was ended, if the server did it. */
  readonly endedBy: (request: IncomingMessage) => 'timeout' | undefined
}

type Admitted = Extract<Admission, { _tag: 'Admitted' }>

/** The outcome, and the bytes of the body that arrived. */
interface Received {
  readonly outcome: Outcome.RequestOutcome
  readonly bytes: number
}

const CONTENT_TYPES: Readonly<Record<Encoding, string>> = {
  json: 'application/json',
  protobuf: 'application/x-protobuf',
}

const NO_BODY: Uint8Array = new Uint8Array()

// running

/** Never rejects. */
export const handle = async (
  context: HttpContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const startMillis = performance.now()
  const { headers } = request
  const answer = (one: HttpReply): void =>
    reply(request, response, { ...one, headers: [...context.headers(), ...one.headers] })
  const preflight = context.cors.preflight({
    method: request.method ?? '',
    origin: headers.origin,
    requestedMethod: headers['access-control-request-method'],
    requestedHeaders: headerText(request, 'access-control-request-headers'),
  })
  if (preflight !== undefined) return answer({ status: 204, headers: preflight, body: NO_BODY })

  const admission = context.rules.admit({
    version: request.httpVersion,
    method: request.method ?? '',
    target: request.url ?? '/',
    header: (name) => headerText(request, name),
  })
  const { outcome, bytes } =
    admission._tag === 'Admitted'
      ? await receiveBody(context, request, response, admission)
      : { outcome: admission.refused, bytes: 0 }
  const encoding = encodingOf(headers['content-type']) ?? 'json'
  const one = replyTo(outcome, admission.signal, encoding)
  const extra = admission._tag === 'NotAdmitted' ? admission.headers : []
  const isAborted = outcome._tag === 'Refused' && hasNoAnswer.has(outcome.reason)
  if (!isAborted) {
    answer({ ...one, headers: [...one.headers, ...extra, ...context.cors.actual(headers.origin)] })
  }
  context.observe.request({
    protocol: 'http',
    signal: admission.signal,
    bytes,
    refused: outcome._tag === 'Refused' ? outcome.reason : undefined,
    status: isAborted ? 0 : one.status,
    durationMillis: performance.now() - startMillis,
  })
}

/** The connection has ended; the answer to a timeout is written by the server. */
const hasNoAnswer: ReadonlySet<Observe.RefusedReason> = new Set(['aborted', 'timeout'])

const headerText = ({ headers }: IncomingMessage, name: string): string | undefined => {
  const value = headers[name]
  return typeof value === 'string' ? value : value?.join(', ')
}

const receiveBody = async (
  context: HttpContext,
  request: IncomingMessage,
  response: ServerResponse,
  admitted: Admitted,
): Promise<Received> => {
  const lease = context.budget.lease()
  try {
    if (request.headers.expect?.toLowerCase() === '100-continue') response.writeContinue()
    return await receiveWith(context, request, { admitted, lease })
  } finally {
    lease.end()
  }
}

const receiveWith = async (
  context: HttpContext,
  request: IncomingMessage,
  { admitted, lease }: { readonly admitted: Admitted; readonly lease: Lease },
): Promise<Received> => {
  const { maxBodyBytes, accept } = context
  const read = await readBody(request, maxBodyBytes, lease)
  const { bytes } = read
  switch (read._tag) {
    case 'Whole': {
      const { signal, encoding, compression } = admitted
      const arrived = { signal, encoding, compression, body: read.body }
      return { bytes, outcome: await receive(accept, arrived, { maxBytes: maxBodyBytes, lease }) }
    }
    case 'TooLarge':
      return { bytes, outcome: Outcome.tooLarge(maxBodyBytes, 'sent') }
    case 'NoMemory':
      return { bytes, outcome: Outcome.noMemory }
    case 'Aborted': {
      const reason = context.endedBy(request) ?? 'aborted'
      return { bytes, outcome: Outcome.refused(reason, 'the connection ended') }
    }
  }
}

const replyTo = (
  outcome: Outcome.RequestOutcome,
  signal: OtlpSignal | undefined,
  encoding: Encoding,
): HttpReply => {
  const contentType = ['Content-Type', CONTENT_TYPES[encoding]] as const
  if (outcome._tag === 'Taken') {
    const { rejected, message } = outcome
    const body = ExportResponse.encode({ signal: signal ?? 'traces', rejected, message }, encoding)
    return { status: 200, headers: [contentType], body }
  }
  return refusal(outcome, encoding)
}

/** An answer with the status of a refusal. */
const refusal = (refused: Outcome.Refused, encoding: Encoding): HttpReply => {
  const { reason, retryAfterSeconds } = refused
  // Over HTTP the time is in the header.
  const { code, message } = Outcome.rpcStatus(refused)
  const body = RpcStatus.encode({ code, message }, encoding)
  const contentType = ['Content-Type', CONTENT_TYPES[encoding]] as const
  return {
    status: Outcome.httpStatus(reason),
    headers:
      retryAfterSeconds === undefined
        ? [contentType]
        : [contentType, ['Retry-After', String(retryAfterSeconds)]],
    body,
  }
}
