/** The cost of an exception: its stack is parsed, and its event is printed. */
import * as Contexts from '@sentry-exporter/core/Contexts'
import * as ErrorEvent from '@sentry-exporter/core/ErrorEvent'
import * as ExceptionValue from '@sentry-exporter/core/ExceptionValue'
import * as Mapping from '@sentry-exporter/core/Mapping'
import * as Micros from '@sentry-exporter/core/Micros'
import { EventBase } from '@sentry-exporter/core/pipeline'
import type { RecordedException } from '@sentry-exporter/core/RecordedException'
import * as EventEnvelope from '@sentry-exporter/exporter/EventEnvelope'
import { parsers } from '@sentry-exporter/stacktrace/parsers'
import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import type { Round } from './Round.ts'

/** As an exception of Node is recorded: the message and twelve calls. */
const exceptionOf = (n: number, place: number): RecordedException => ({
  key: '0',
  type: 'TypeError',
  message: `order ${n} cannot be read`,
  stack: [
    `TypeError: order ${n} cannot be read`,
    ...Array.from(
      { length: 12 },
      (_, i) =>
        `    at Orders.step${i} (/srv/shop/node_modules/orders/step${i}.js:${i + 10}:${place})`,
    ),
  ].join('\n'),
  causes: [],
  timeMicros: Micros.of(1_700_000_000_000_000 + n),
  escaped: undefined,
  isFailure: true,
  spanName: 'work',
  language: 'nodejs',
  attributes: {},
})

/** Exceptions in place of spans. They are thrown at so many places, in turn. */
export const printedExceptions = (places: number): Round => {
  const base = EventBase.of(Mapping.sentry)(span().resource)
  const contexts = Contexts.of({ trace_id: traceId(1), span_id: spanId(1) }, base.resource)
  const details = {
    base,
    contexts,
    level: 'error' as const,
    transaction: 'GET /orders/:id',
    breadcrumbs: [],
  }
  const print = EventEnvelope.printer()
  const toChain = ExceptionValue.ofRecorded(parsers)
  const exceptions = Array.from({ length: 2_000 }, (_, n) => exceptionOf(n, n % places))
  return {
    spans: exceptions.length,
    run: () => exceptions.map((one) => print(ErrorEvent.of(one, toChain(one, false), details))),
  }
}
