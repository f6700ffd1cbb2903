/** The inputs of the bench in the forms in which they arrive: bytes of OTLP requests, in JSON and in protobuf. */
import * as oracle from '../otlp/oracle.ts'
import * as Recorded from '../Recorded.ts'
import type { Reference } from './Reference.ts'

// model

/** The same requests in both encodings. */
export interface EncodedRequests {
  readonly json: ReadonlyArray<Uint8Array>
  readonly protobuf: ReadonlyArray<Uint8Array>
  /** Spans, or log records. */
  readonly items: number
}

interface RawAttribute {
  readonly key: string
  readonly value: object
}

interface RawSpan {
  readonly traceId: string
  readonly spanId: string
  readonly name: string
  readonly endTimeUnixNano: string
  readonly attributes: ReadonlyArray<RawAttribute>
  events: ReadonlyArray<{ readonly attributes: ReadonlyArray<RawAttribute> }>
}

interface RawRequest {
  readonly resourceSpans: ReadonlyArray<{
    readonly resource: object
    readonly scopeSpans: ReadonlyArray<{
      readonly scope: object
      readonly spans: ReadonlyArray<RawSpan>
    }>
  }>
}

// constructors

/** The reference data, errors included. */
export const reference = ({ requests, spans }: Reference): EncodedRequests =>
  encoded(oracle.traces, requests, spans)

/** The same without the events of spans. */
export const withoutEvents = ({ requests, spans }: Reference): EncodedRequests =>
  encoded(oracle.traces, requests.map(leanText), spans)

/** The recorded shop. */
export const shop = (): EncodedRequests => {
  const requests = Recorded.all.flatMap(Recorded.bodies)
  return encoded(
    oracle.traces,
    requests,
    requests.reduce((sum, text) => sum + spansIn(text), 0),
  )
}

/** A log record for each span of the reference data, with its exception where it has one. */
export const logs = ({ requests, spans }: Reference): EncodedRequests =>
  encoded(oracle.logs, requests.map(logText), spans)

const encoded = (
  message: oracle.GeneratedMessage,
  requests: ReadonlyArray<string>,
  items: number,
): EncodedRequests => ({
  json: requests.map((text) => new TextEncoder().encode(text)),
  protobuf: requests.map((text) => oracle.encode(message, JSON.parse(text))),
  items,
})

const spansOf = ({ resourceSpans }: RawRequest): ReadonlyArray<RawSpan> =>
  resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))

const spansIn = (text: string): number => spansOf(JSON.parse(text)).length

const leanText = (text: string): string => {
  const request: RawRequest = JSON.parse(text)
  for (const span of spansOf(request)) span.events = []
  return JSON.stringify(request)
}

const logText = (text: string): string => {
  const { resourceSpans }: RawRequest = JSON.parse(text)
  return JSON.stringify({
    resourceLogs: resourceSpans.map(({ resource, scopeSpans }) => ({
      resource,
      scopeLogs: scopeSpans.map(({ scope, spans }) => ({ scope, logRecords: spans.map(recordOf) })),
    })),
  })
}

const recordOf = ({
  traceId,
  spanId,
  name,
  endTimeUnixNano,
  attributes,
  events: [exception],
}: RawSpan): object => ({
  timeUnixNano: endTimeUnixNano,
  severityNumber: exception === undefined ? 9 : 17,
  severityText: exception === undefined ? 'INFO' : 'ERROR',
  body: { stringValue: `${name} was done` },
  attributes: [...attributes.slice(0, 4), ...(exception?.attributes ?? [])],
  traceId,
  spanId,
})
