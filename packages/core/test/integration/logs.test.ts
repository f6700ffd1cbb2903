import { resource, span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { defaultErrorRules } from '../../src/errors/defaultErrorRules.ts'
import type { ErrorRules } from '../../src/errors/ErrorRules.ts'
import * as ErrorStage from '../../src/errors/ErrorStage.ts'
import * as LoggedException from '../../src/errors/LoggedException.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Limits from '../../src/model/Limits.ts'
import type { LogRecord } from '../../src/model/LogRecord.ts'
import * as Micros from '../../src/model/Micros.ts'
import type { Span } from '../../src/model/Span.ts'
import * as Pending from '../../src/pending/Pending.ts'
import { type Assembled, collect, emitMade } from '../../src/pipeline/assemble.ts'
import { describe } from '../../src/pipeline/describe.ts'
import * as Hooks from '../../src/pipeline/Hooks.ts'
import { planSegments } from '../../src/pipeline/planSegments.ts'
import * as Payload from '../../src/segment/Payload.ts'

const ATTRIBUTES = {
  'exception.type': 'TypeError',
  'exception.message': 'x is not a function',
  'exception.stacktrace': 'TypeError: x is not a function\n    at main (/srv/main.js:1:1)',
}

const record = (fields: Partial<LogRecord> = {}): LogRecord => ({
  traceId: traceId(1),
  spanId: spanId(2),
  timeMicros: Micros.of(1_700_000_000_250_000),
  severity: 17,
  body: 'it failed',
  attributes: ATTRIBUTES,
  resource: resource('shop'),
  ...fields,
})

const at = (n: number, parent: number | undefined, fields: Partial<Span> = {}): Span =>
  span({
    spanId: spanId(n),
    parentSpanId: parent === undefined ? undefined : spanId(parent),
    name: `span ${n}`,
    flags: 0x101,
    ...fields,
  })

const RECORDED: Partial<Span> = {
  status: { code: 'ERROR', message: '' },
  events: [
    {
      name: 'exception',
      timeMicros: Micros.of(1_700_000_000_250_000),
      attributes: ATTRIBUTES,
      droppedAttributes: 0,
    },
  ],
}

interface Input {
  readonly at: number
  readonly spans?: ReadonlyArray<Span>
  readonly records?: ReadonlyArray<LogRecord>
  readonly isFlush?: boolean
}

/** Runs the assembly over time, as the gateway does; each input gives its results. */
const gateway = (
  rules: ErrorRules = defaultErrorRules,
): ((input: Input) => Assembled & { readonly wakeAtMillis: number | undefined }) => {
  const limits = Limits.gateway
  const toNodes = describe({ mapping: Mapping.sentry, limits, payload: Payload.json })
  const next = Pending.step<ReturnType<typeof toNodes>['nodes'][number]['value']>(limits, () => 0)
  const plan = planSegments({
    limits,
    payload: Payload.json,
    errors: rules,
    hooks: Hooks.defaults,
    emit: emitMade,
  })
  let pending: Parameters<typeof next>[0] = Pending.empty
  let stage = ErrorStage.empty
  return ({ at: nowMillis, spans = [], records = [], isFlush = false }) => {
    const logged = records.flatMap((one) => LoggedException.of(Mapping.sentry)(one) ?? [])
    const { nodes } = toNodes(spans)
    const { state, ready, early } = next(
      pending,
      isFlush ? { _tag: 'Flush', nowMillis } : { _tag: 'Arrived', nowMillis, nodes },
    )
    const planned = plan(stage, { ready, early, logged, nowMillis, isFlush })
    pending = state
    stage = planned.state
    return { ...collect(planned.emitted, planned.losses), wakeAtMillis: planned.wakeAtMillis }
  }
}

const logs = suite('exceptions of log records')

logs('are errors of their span, with the name of its transaction', () => {
  const send = gateway()
  const { errors: none, wakeAtMillis } = send({ at: 0, records: [record()] })
  assert.equal([none, wakeAtMillis], [[], 10_000])
  send({ at: 100, spans: [at(1, undefined), at(2, 1)] })
  const { errors, losses } = send({ at: 7_100 })
  assert.equal(
    errors.map(({ transaction, level, timestamp, contexts, exception }) => [
      transaction,
      level,
      timestamp,
      contexts.trace.span_id,
      contexts.trace.parent_span_id,
      exception.values[0]?.stacktrace?.frames.length,
    ]),
    [['span 1', 'error', 1_700_000_000.25, spanId(2), spanId(1), 1]],
  )
  assert.equal(losses, {})
  assert.equal(send({ at: 20_000 }).errors, [])
})

logs('are the same as what the span recorded, whichever came first', () => {
  for (const [first, second] of [
    [{ records: [record()] }, { spans: [at(1, undefined), at(2, 1, RECORDED)] }],
    [{ spans: [at(1, undefined), at(2, 1, RECORDED)] }, { records: [record()] }],
  ]) {
    const send = gateway()
    send({ at: 0, ...first })
    send({ at: 1, ...second })
    const { errors, losses } = send({ at: 10_001 })
    assert.equal([errors.length, losses], [1, { error_copy: 1 }])
    assert.equal(send({ at: 30_000 }).errors, [])
  }
})

/** Of the recorded shop: the SDK records an error without its cause, the driver describes it, and the logger writes all. */
const STORE = {
  'exception.type': 'Error',
  'exception.message': 'could not store the order',
  'exception.stacktrace':
    'Error: could not store the order\n    at /srv/shop/orders.cjs:20:62\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
}
const LOGGED = {
  ...STORE,
  'exception.message': 'could not store the order: division by zero',
  'exception.stacktrace': `${STORE['exception.stacktrace']}\ncaused by: error: division by zero\n    at /srv/shop/node_modules/pg/lib/client.js:694:17\n    at async /srv/shop/orders.cjs:19:25`,
}

const failed = (
  attributes: Span['attributes'],
  message: string,
  micros: number,
): Partial<Span> => ({
  status: { code: 'ERROR', message },
  events: [
    {
      name: 'exception',
      timeMicros: Micros.of(1_700_000_000_250_000 + micros),
      attributes,
      droppedAttributes: 0,
    },
  ],
})

logs('an incident is one error with its causes, whichever of its records came first', () => {
  const spans = [
    at(1, undefined),
    at(2, 1, { ...failed(STORE, '', 9), name: 'middleware' }),
    at(3, 1, { ...failed(STORE, 'could not store the order', 8), name: 'request handler' }),
    at(4, 3, failed({ 'exception.message': 'error (code: 22012)' }, 'division by zero', 1)),
  ]
  const records = [record({ attributes: LOGGED })]
  for (const inputs of [
    [{ records }, { spans }],
    [{ spans }, { records }],
    [{ spans: [...spans].reverse(), records }],
  ]) {
    const send = gateway()
    for (const [index, input] of inputs.entries()) send({ at: index, ...input })
    const { errors, losses } = send({ at: 10_001 })
    assert.equal(
      errors.map(({ contexts, exception }) => [
        contexts.trace.span_id,
        exception.values.map(({ type, value, stacktrace }) => [
          type,
          value,
          stacktrace?.frames.at(-1)?.lineno,
        ]),
      ]),
      [
        [
          spanId(2),
          [
            ['error', 'division by zero', 694],
            ['Error', 'could not store the order', 20],
          ],
        ],
      ],
    )
    assert.equal(losses, { error_copy: 3 })
  }
})

logs('leave alone after ten seconds; a later record of the span is a copy', () => {
  const send = gateway()
  send({ at: 0, records: [record()] })
  const { errors } = send({ at: 10_000 })
  assert.equal(
    errors.map(({ transaction, contexts, release }) => [
      transaction,
      contexts.trace.trace_id,
      contexts.trace.span_id,
      release,
    ]),
    [[undefined, traceId(1), spanId(2), 'shop@1.0.0']],
  )
  send({ at: 60_000, spans: [at(1, undefined), at(2, 1, RECORDED)] })
  const late = send({ at: 67_000 })
  assert.equal([late.errors, late.losses], [[], { error_copy: 1 }])
})

logs('leave at a flush', () => {
  const send = gateway()
  send({ at: 0, records: [record()] })
  assert.is(send({ at: 1, isFlush: true }).errors.length, 1)
  assert.equal(send({ at: 20_000 }).errors, [])
})

logs('outside of any trace have ids of their own, the same at every run', () => {
  const ids = (): ReadonlyArray<unknown> => {
    const send = gateway()
    send({ at: 0, records: [record({ traceId: undefined, spanId: undefined })] })
    return send({ at: 10_000 }).errors.map(({ event_id, contexts }) => [
      event_id,
      contexts.trace.trace_id,
      contexts.trace.span_id,
    ])
  }
  assert.is(ids().length, 1)
  assert.equal(ids(), ids())
})

logs('take the text of the record where no message was recorded', () => {
  const send = gateway()
  send({ at: 0, records: [record({ attributes: { 'exception.type': 'A' } })] })
  assert.is(send({ at: 10_000 }).errors[0]?.exception.values[0]?.value, 'it failed')
})

logs('that failed nothing are no errors, nor are those to ignore; both are counted', () => {
  const send = gateway()
  const abort = { 'exception.type': 'AbortError' }
  send({
    at: 0,
    records: [
      record({ severity: 13 }),
      record({ attributes: abort }),
      record({ spanId: spanId(3) }),
      record({ spanId: spanId(3) }),
    ],
  })
  const { errors, losses } = send({ at: 10_000 })
  assert.equal([errors.length, losses], [1, { error_copy: 1, error_ignored: 1, log_record: 1 }])
  const all = gateway({ ...defaultErrorRules, errors: 'all' })
  all({ at: 0, records: [record({ severity: 13 })] })
  assert.equal(
    all({ at: 10_000 }).errors.map(({ level }) => level),
    ['warning'],
  )
})

logs('without exception attributes are no exceptions', () => {
  assert.is(LoggedException.of(Mapping.sentry)(record({ attributes: { 'log.x': 1 } })), undefined)
})

logs.run()
