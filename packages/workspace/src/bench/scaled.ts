/** The reference data in other sizes and shapes: as many spans as wanted, in traces of any form, as OTLP JSON. */
import type { Reference } from './Reference.ts'

// model

/** The number of the parent of the nth span of a trace; -1 without a parent. */
export type Shape = (n: number) => number

/** The fields of a recorded span that are changed; the others stay as they are. */
interface RawSpan {
  traceId: string
  spanId: string
  parentSpanId?: string
  kind: number
}

interface RawRequest {
  readonly resourceSpans: ReadonlyArray<{
    readonly scopeSpans: ReadonlyArray<{ readonly spans: ReadonlyArray<RawSpan> }>
  }>
}

// constructors

export const chain: Shape = (n) => n - 1

export const star: Shape = (n) => (n === 0 ? -1 : 0)

/** The part of the reference data that is repeated. */
export interface Excerpt {
  /** The number of spans before the first one. */
  readonly from: number
  readonly spans: number
  readonly perTrace: number
}

/** Requests of 500 spans: copies of the reference spans under new ids, divided into traces of one shape. */
export const scaled = (
  { requests: all }: Reference,
  { from, spans, perTrace }: Excerpt,
  shape: Shape,
): ReadonlyArray<string> => {
  const requests: Array<string> = []
  let made = 0
  for (let i = from / REQUEST_SPANS; made < spans; i++) {
    const request: RawRequest = JSON.parse(all[i % all.length] ?? '{}')
    for (const { scopeSpans } of request.resourceSpans) {
      for (const scope of scopeSpans) {
        for (const span of scope.spans) place(span, made++, perTrace, shape)
      }
    }
    requests.push(JSON.stringify(request))
  }
  return requests
}

const REQUEST_SPANS = 500

const place = (span: RawSpan, index: number, perTrace: number, shape: Shape): void => {
  const trace = Math.floor(index / perTrace)
  const n = index % perTrace
  const parent = shape(n)
  span.traceId = hex(trace + 1, 32)
  span.spanId = hex(n + 1, 16)
  span.kind = n === 0 ? 2 : 1
  if (parent < 0) delete span.parentSpanId
  else span.parentSpanId = hex(parent + 1, 16)
}

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0')
