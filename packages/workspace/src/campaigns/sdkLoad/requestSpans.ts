/** The spans that the application makes in a request, beside the one of the instrumentation of its server. */
import {
  type Attributes,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
} from '@opentelemetry/api'
import * as shopAttributes from '../shopAttributes.ts'

// model

export interface ShopRequest {
  /** The first request has 0. */
  readonly number: number
  /** A report has many spans. */
  readonly isReport: boolean
}

/** With the span of the server. */
export const SPANS_OF_REQUEST = 10

export const SPANS_OF_REPORT = 1_000

/** One request in so many fails. */
const FAILS = 100

/** In one request in so many, a span ends after the answer. */
const ENDS_LATE = 50

const LATE_MILLIS = 40

/** Statements of one turn of the event loop, in a report. */
const STATEMENTS_OF_TURN = 20

// running

/** Ends all spans but those that end late. Throws if the request fails. */
export const requestSpans = async (
  tracer: Tracer,
  { number, isReport }: ShopRequest,
): Promise<void> => {
  await inSpan(tracer, 'middleware - session', { 'express.type': 'middleware' }, () =>
    client(tracer, 'GET session', shopAttributes.cache(number)),
  )
  try {
    await checkout(tracer, number)
    if (isReport) await report(tracer, number)
  } finally {
    const page = tracer.startSpan('render', { attributes: { 'template.name': 'order.html' } })
    if (number % ENDS_LATE === 0) setTimeout(() => page.end(), LATE_MILLIS)
    else page.end()
  }
}

const checkout = (tracer: Tracer, number: number): Promise<void> =>
  inSpan(tracer, 'checkout', { 'code.function.name': 'checkout' }, async () => {
    await client(tracer, 'SELECT orders', shopAttributes.statement('orders', number))
    await client(tracer, 'SELECT items', shopAttributes.statement('items', number))
    await client(tracer, 'UPDATE stock', shopAttributes.statement('stock', number))
    await inSpan(tracer, 'charge', { 'code.function.name': 'charge' }, async () => {
      await client(tracer, 'POST /charge', shopAttributes.httpClient(number))
      if (number % FAILS === FAILS - 1) throw new CheckoutError(`order ${number} was declined`)
    })
  })

/** As many statements as a report has spans more than other requests. */
const report = async (tracer: Tracer, number: number): Promise<void> => {
  for (let i = 0; i < SPANS_OF_REPORT - SPANS_OF_REQUEST; i++) {
    if (i % STATEMENTS_OF_TURN === 0) await turn()
    const attributes = shopAttributes.statement('lines', number + i)
    tracer.startSpan('SELECT lines', { kind: SpanKind.CLIENT, attributes }).end()
  }
}

class CheckoutError extends Error {
  override readonly name = 'CheckoutError'
}

const inSpan = <A>(
  tracer: Tracer,
  name: string,
  attributes: Attributes,
  run: () => Promise<A>,
): Promise<A> =>
  tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await run()
    } catch (error) {
      fail(span, error)
      throw error
    } finally {
      span.end()
    }
  })

const fail = (span: Span, error: unknown): void => {
  if (error instanceof Error) span.recordException(error)
  span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) })
}

/** A call to another service, that answers in a later turn of the event loop. */
const client = async (tracer: Tracer, name: string, attributes: Attributes): Promise<void> => {
  const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes })
  await turn()
  span.end()
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
