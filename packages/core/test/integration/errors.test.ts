import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { defaultErrorRules } from '../../src/errors/defaultErrorRules.ts'
import type * as ErrorRules from '../../src/errors/ErrorRules.ts'
import * as ErrorStage from '../../src/errors/ErrorStage.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Limits from '../../src/model/Limits.ts'
import * as Losses from '../../src/model/Losses.ts'
import * as Micros from '../../src/model/Micros.ts'
import type { Span } from '../../src/model/Span.ts'
import type { SpanEvent } from '../../src/model/SpanEvent.ts'
import * as Pending from '../../src/pending/Pending.ts'
import { assemble, collect, emitMade } from '../../src/pipeline/assemble.ts'
import { describe } from '../../src/pipeline/describe.ts'
import * as Hooks from '../../src/pipeline/Hooks.ts'
import { planSegments } from '../../src/pipeline/planSegments.ts'
import * as Payload from '../../src/segment/Payload.ts'
import type { ErrorEvent } from '../../src/sentry/ErrorEvent.ts'

const run = (
  spans: ReadonlyArray<Span>,
  rules: Partial<ErrorRules.ErrorRules> = {},
): ReturnType<ReturnType<typeof assemble>> =>
  assemble({ mapping: Mapping.sentry, errors: rules })(spans)

const event = (name: string, attributes: Span['attributes'] = {}, at = 0): SpanEvent => ({
  name,
  timeMicros: Micros.of(1_700_000_000_500_000 + at),
  attributes,
  droppedAttributes: 0,
})

const exception = (attributes: Span['attributes'], at = 0): SpanEvent =>
  event('exception', attributes, at)

const at = (n: number, parent: number | undefined, fields: Partial<Span> = {}): Span =>
  span({
    spanId: spanId(n),
    parentSpanId: parent === undefined ? undefined : spanId(parent),
    startMicros: Micros.of(1_700_000_000_000_000 + n),
    name: `span ${n}`,
    flags: 0x101,
    ...fields,
  })

const FAILED = { status: { code: 'ERROR', message: '' } } as const

const TYPE_ERROR = {
  'exception.type': 'TypeError',
  'exception.message': 'x is not a function',
  'exception.stacktrace': 'TypeError: x is not a function\n    at main (/srv/main.js:1:1)',
}

const events = suite('errors: the event')

events('is linked to its span and named after its transaction', () => {
  const spans = [
    at(1, undefined),
    at(2, 1, { ...FAILED, events: [exception({ ...TYPE_ERROR, 'exception.escaped': true })] }),
  ]
  const { errors, losses } = run(spans)
  assert.is(errors.length, 1)
  const [error] = errors
  assert.is(error?.transaction, 'span 1')
  assert.is(error?.level, 'error')
  assert.is(error?.timestamp, 1_700_000_000.5)
  assert.is(error?.contexts.trace.span_id, spanId(2))
  assert.is(error?.contexts.trace.parent_span_id, spanId(1))
  assert.is(error?.release, 'shop@1.0.0')
  assert.equal(error?.exception.values, [
    {
      type: 'TypeError',
      value: 'x is not a function',
      stacktrace: {
        frames: [
          {
            function: 'main',
            filename: '/srv/main.js',
            abs_path: '/srv/main.js',
            lineno: 1,
            colno: 1,
            in_app: true,
          },
        ],
      },
      mechanism: { type: 'generic', handled: false },
    },
  ])
  assert.equal(
    [error?.extra, error?.breadcrumbs, error?.fingerprint],
    [undefined, undefined, undefined],
  )
  assert.equal(losses, Losses.empty)
})

events('keeps the text of a stack that cannot be read, and what was recorded beside it', () => {
  const odd = exception({
    'exception.type': 'Odd',
    'exception.stacktrace': 'no frames in here',
    'order.id': 7,
  })
  const { errors } = run([at(1, undefined, { ...FAILED, events: [odd] })])
  assert.equal(errors[0]?.extra, { 'order.id': 7, 'exception.stacktrace': 'no frames in here' })
  assert.is(errors[0]?.exception.values[0]?.stacktrace, undefined)
})

events('has a type where none was recorded', () => {
  const { errors } = run([
    at(1, undefined, { ...FAILED, events: [exception({ 'exception.message': 'no' })] }),
  ])
  assert.equal(errors[0]?.exception.values, [
    { type: 'Error', value: 'no', mechanism: { type: 'generic', handled: false } },
  ])
})

events('has the platform that only its stack shows; transactions of the service do not', () => {
  const python = {
    'exception.type': 'KeyError',
    'exception.stacktrace':
      'Traceback (most recent call last):\n  File "/srv/a.py", line 3, in main\n    run()\nKeyError: 1',
  }
  const other = { traceId: traceId(2) }
  const { transactions, errors } = run([
    at(1, undefined, { ...FAILED, events: [exception(python)] }),
    at(2, undefined, other),
  ])
  assert.is(errors[0]?.platform, 'python')
  assert.equal(
    transactions.map(({ platform }) => platform),
    ['other', 'other'],
  )
})

events('shows the causes that were sent as a list in place of a stack', () => {
  const rust = exception({
    'exception.message': 'could not store',
    'exception.stacktrace': ['connection refused', 'no route to host'],
  })
  const { errors } = run([at(1, undefined, { ...FAILED, events: [rust] })])
  assert.equal(
    errors[0]?.exception.values.map(({ value, mechanism }) => [value, mechanism.parent_id]),
    [
      ['no route to host', 1],
      ['connection refused', 0],
      ['could not store', undefined],
    ],
  )
  assert.is(errors[0]?.extra, undefined)
})

events('shows what happened before it in its segment, not what came after', () => {
  const { errors } = run([
    at(1, undefined, { events: [event('first', {}, -2), event('later', {}, 1)] }),
    at(2, 1, { events: [event('second', {}, -1)] }),
    at(3, 1, { ...FAILED, events: [exception(TYPE_ERROR)] }),
  ])
  assert.equal(
    errors[0]?.breadcrumbs?.values.map(({ message }) => message),
    ['first', 'second'],
  )
})

events('has the request and the user of its transaction', () => {
  const attributes = {
    'http.request.method': 'GET',
    'url.full': 'https://shop.example/orders/7?token=x',
    'user.id': 'u7',
  }
  const spans = [
    at(1, undefined, { kind: 'SERVER', attributes }),
    at(2, 1, { ...FAILED, events: [exception(TYPE_ERROR)] }),
  ]
  const { errors, transactions } = run(spans)
  assert.is(errors[0]?.request?.url, 'https://shop.example/orders/7')
  assert.equal(errors[0]?.request, transactions[0]?.request)
  assert.is(errors[0]?.user, undefined)
  const open = assemble({
    mapping: Mapping.sentry,
    hooks: { ...Hooks.defaults, privacy: { ...Hooks.defaults.privacy, sendDefaultPii: true } },
  })(spans)
  assert.is(open.errors[0]?.user?.id, 'u7')
})

events('is named after its segment, whatever transaction its span went into', () => {
  const children = Array.from({ length: 8 }, (_unused, i) =>
    at(i + 2, 1, { ...FAILED, events: [exception({ 'exception.type': `E${i}` })] }),
  )
  const { transactions, errors } = assemble({
    mapping: Mapping.sentry,
    limits: { ...Limits.gateway, maxSpans: 3 },
  })([at(1, undefined), ...children])
  assert.ok(transactions.length > 1)
  assert.equal([...new Set(errors.map(({ transaction }) => transaction))], ['span 1'])
})

events('has an id of its own, the same at every run', () => {
  const two = at(1, undefined, {
    ...FAILED,
    events: [exception({ 'exception.type': 'A' }), exception({ 'exception.type': 'A' })],
  })
  const ids = run([two]).errors.map(({ event_id }) => event_id)
  assert.is(new Set(ids).size, 2)
  assert.equal(
    run([two]).errors.map(({ event_id }) => event_id),
    ids,
  )
})

events('of any size is made to fit', () => {
  const huge = exception({ ...TYPE_ERROR, blob: 'x'.repeat(3_000_000), small: 'y' })
  const crumbs = Array.from({ length: 100 }, (_unused, i) =>
    event('much', { text: 'z'.repeat(50_000) }, i - 200),
  )
  const { errors, losses } = run([at(1, undefined, { ...FAILED, events: [...crumbs, huge] })])
  const [error] = errors
  assert.ok(JSON.stringify(error).length < 200_000)
  assert.is(error?.extra?.['small'], 'y')
  assert.is(error?.exception.values.length, 1)
  assert.ok((losses.trimmed ?? 0) > 0)
})

events.run()

const which = suite('errors: which')

const made = (
  fields: Partial<Span>,
  rules: Partial<ErrorRules.ErrorRules> = {},
): readonly [ReadonlyArray<ErrorEvent>, Losses.Losses] => {
  const { errors, losses } = run([at(1, undefined, fields)], rules)
  return [errors, losses]
}

which('a breadcrumb of an exception that is cut is counted', () => {
  const recorded = exception({ ...TYPE_ERROR, long: 'y'.repeat(5_000) })
  const { transactions, losses } = run([at(1, undefined, { events: [recorded] })])
  assert.equal(losses, { error_breadcrumb: 1, trimmed: 1 })
  const [breadcrumb] = transactions[0]?.breadcrumbs?.values ?? []
  assert.ok(JSON.stringify(breadcrumb?.data).length <= 2_048)
})

which('those that failed their span or left it; others are breadcrumbs, counted', () => {
  const recorded = exception(TYPE_ERROR)
  const left = exception({ ...TYPE_ERROR, 'exception.escaped': 'True' })
  assert.is(made({ ...FAILED, events: [recorded] })[0].length, 1)
  assert.is(made({ events: [left] })[0].length, 1)
  const { errors, transactions, losses } = run([at(1, undefined, { events: [recorded] })])
  assert.is(errors.length, 0)
  assert.equal(losses, { error_breadcrumb: 1 })
  assert.equal(transactions[0]?.breadcrumbs?.values, [
    {
      timestamp: 1_700_000_000.5,
      type: 'error',
      category: 'exception',
      level: 'warning',
      message: 'TypeError: x is not a function',
      data: { 'otel.span_id': spanId(1) },
    },
  ])
})

which('the deepest copy qualifies if any copy does', () => {
  const { errors } = run([
    at(1, undefined, { ...FAILED, events: [exception(TYPE_ERROR)] }),
    at(2, 1, { events: [exception(TYPE_ERROR)] }),
  ])
  assert.equal(
    errors.map(({ contexts, level }) => [contexts.trace.span_id, level]),
    [[spanId(2), 'error']],
  )
})

which('all, none, and the unhandled', () => {
  const quiet = { events: [exception(TYPE_ERROR)] }
  const count = (fields: Partial<Span>, errors: ErrorRules.ErrorRules['errors']): number =>
    made(fields, { errors })[0].length
  assert.equal([count(quiet, 'all'), count(quiet, 'none'), count(quiet, 'unhandled')], [1, 0, 0])
  const failed = { ...quiet, ...FAILED }
  assert.equal([count(failed, 'none'), count(failed, 'unhandled')], [0, 1])
  const caught = {
    ...FAILED,
    events: [exception({ ...TYPE_ERROR, 'exception.escaped': false })],
  }
  assert.equal([count(caught, 'failed'), count(caught, 'unhandled')], [1, 0])
})

which(
  'handled by exception.escaped, in Python too; else only by the failed entry of a service',
  () => {
    const handled = (
      escaped: string | boolean | undefined,
      fields: Partial<Span> = {},
    ): boolean | undefined => {
      const attributes = escaped === undefined ? {} : { 'exception.escaped': escaped }
      const inner = at(2, 1, { events: [exception({ ...TYPE_ERROR, ...attributes })], ...fields })
      return run([at(1, undefined), inner], { errors: 'all' }).errors[0]?.exception.values.at(-1)
        ?.mechanism.handled
    }
    assert.equal(
      ['True', true, 'False', false, undefined].map((escaped) => handled(escaped)),
      [false, false, true, true, undefined],
    )
    assert.is(handled(undefined, FAILED), undefined)
    assert.is(
      made({ ...FAILED, events: [exception(TYPE_ERROR)] })[0][0]?.exception.values[0]?.mechanism
        .handled,
      false,
    )
  },
)

which('a warning where the span did not fail', () => {
  const [errors] = made({ events: [exception(TYPE_ERROR)] }, { errors: 'all' })
  assert.is(errors[0]?.level, 'warning')
})

which('none of those that are ignored, counted', () => {
  const abort = exception({ 'exception.type': 'AbortError' })
  assert.equal(made({ ...FAILED, events: [abort] }), [[], { error_ignored: 1 }])
  assert.is(made({ ...FAILED, events: [abort] }, { ignoreErrors: [] })[0].length, 1)
})

which('grouped as the user wants', () => {
  const [errors] = made(
    { ...FAILED, events: [exception(TYPE_ERROR)] },
    { fingerprint: ({ transaction = '' }) => ['{{ default }}', transaction] },
  )
  assert.equal(errors[0]?.fingerprint, ['{{ default }}', 'span 1'])
})

which('spans that failed without an exception, if asked for: the deepest, by operation', () => {
  const spans = [
    at(1, undefined, FAILED),
    at(2, 1, {
      status: { code: 'ERROR', message: 'no answer' },
      attributes: { 'db.system': 'pg' },
    }),
    at(3, 1, FAILED),
    at(4, 3, { events: [exception(TYPE_ERROR)] }),
  ]
  assert.is(run(spans).errors.length, 0)
  const { errors } = run(spans, { errorsFromStatus: true })
  assert.equal(
    errors.map(({ contexts, exception: { values }, fingerprint }) => [
      contexts.trace.span_id,
      values[0]?.type,
      values[0]?.value,
      values[0]?.mechanism,
      fingerprint,
    ]),
    [
      [
        spanId(2),
        'db internal_error',
        'no answer',
        { type: 'generic', synthetic: true },
        ['span-status', 'db internal_error', 'span 2'],
      ],
    ],
  )
})

which.run()

const time = suite('errors: over time')

interface StepResult {
  readonly errors: ReadonlyArray<ErrorEvent>
  readonly losses: Losses.Losses
  readonly wakeAtMillis: number | undefined
}

/** Runs the assembly over time, as the gateway does. */
const gateway = (
  limits: Limits.Limits = Limits.gateway,
): ((input: { readonly at: number; readonly spans?: ReadonlyArray<Span> }) => StepResult) => {
  const toNodes = describe({ mapping: Mapping.sentry, limits, payload: Payload.json })
  const next = Pending.step<ReturnType<typeof toNodes>['nodes'][number]['value']>(limits, () => 0)
  const plan = planSegments({
    limits,
    payload: Payload.json,
    errors: defaultErrorRules,
    hooks: Hooks.defaults,
    emit: emitMade,
  })
  let pending: Parameters<typeof next>[0] = Pending.empty
  let stage = ErrorStage.empty
  return ({ at: nowMillis, spans = [] }) => {
    const { state, ready, early, wakeAtMillis } = next(pending, {
      _tag: 'Arrived',
      nowMillis,
      nodes: toNodes(spans).nodes,
    })
    const planned = plan(stage, { ready, early, logged: [], nowMillis, isFlush: false })
    pending = state
    stage = planned.state
    return { ...collect(planned.emitted, planned.losses), wakeAtMillis }
  }
}

const thrower = (n: number, parent: number): Span =>
  at(n, parent, { ...FAILED, events: [exception(TYPE_ERROR)] })

time('leave with their segment', () => {
  const send = gateway()
  assert.is(send({ at: 0, spans: [thrower(2, 1)] }).errors.length, 0)
  send({ at: 1_000, spans: [at(1, undefined)] })
  const { errors } = send({ at: 8_000 })
  assert.equal(
    errors.map(({ transaction }) => transaction),
    ['span 1'],
  )
})

time('leave once, also if the process was suspended before the rest of their trace came', () => {
  const HOUR = 3_600_000
  const send = gateway()
  send({ at: HOUR, spans: [thrower(2, 1)] })
  assert.is(send({ at: HOUR + 10_000 }).errors.length, 1)
  assert.is(send({ at: 11 * HOUR, spans: [at(1, undefined)] }).errors.length, 0)
  const { errors, losses } = send({ at: 21 * HOUR })
  assert.equal([errors.length, losses], [0, {}])
})

time('... or after ten seconds without the name of a transaction, once', () => {
  const send = gateway()
  assert.is(send({ at: 0, spans: [thrower(3, 2)] }).wakeAtMillis, 10_000)
  const { errors, wakeAtMillis } = send({ at: 10_000 })
  assert.equal(
    errors.map(({ transaction, contexts }) => [transaction, contexts.trace.span_id]),
    [[undefined, spanId(3)]],
  )
  assert.is(wakeAtMillis, 600_000)
  assert.is(send({ at: 30_000 }).errors.length, 0)
  const last = send({ at: 600_000 })
  assert.equal([last.errors, last.losses], [[], {}])
})

time('a copy that turns up later is dropped and counted', () => {
  const send = gateway()
  send({ at: 0, spans: [thrower(3, 2)] })
  assert.is(send({ at: 10_000 }).errors.length, 1)
  send({ at: 20_000, spans: [thrower(2, 1)] })
  const early = send({ at: 30_000 })
  assert.equal([early.errors, early.losses], [[], { error_copy: 1 }])
  send({ at: 40_000, spans: [thrower(1, 99)] })
  const rest = send({ at: 3_700_000 })
  assert.equal([rest.errors, rest.losses], [[], { error_copy: 1 }])
})

time('an exception that is no error yet may become one by a later copy', () => {
  const send = gateway()
  send({ at: 0, spans: [at(3, 2, { events: [exception(TYPE_ERROR)] })] })
  assert.equal(send({ at: 10_000 }).errors, [])
  send({ at: 11_000, spans: [thrower(2, 1)] })
  const { errors, losses } = send({ at: 21_000 })
  assert.equal(
    errors.map(({ contexts }) => contexts.trace.span_id),
    [spanId(3)],
  )
  assert.equal(losses, { error_copy: 1 })
})

time('no more than a hundred a minute of one type and place, the rest counted', () => {
  const send = gateway(Limits.inProcess)
  let sent = 0
  let limited = 0
  for (let n = 0; n < 130; n++) {
    const one = at(n + 1, undefined, { ...FAILED, events: [exception(TYPE_ERROR)] })
    const { errors, losses } = send({ at: n, spans: [one] })
    sent += errors.length
    limited += losses.error_limit ?? 0
  }
  assert.equal([sent, limited], [100, 30])
  const other = { ...TYPE_ERROR, 'exception.type': 'RangeError' }
  const { errors } = send({
    at: 130,
    spans: [at(1_000, undefined, { ...FAILED, events: [exception(other)] })],
  })
  assert.is(errors.length, 1)
})

time.run()

const breadcrumbs = suite('errors: breadcrumbs')

breadcrumbs('other events, oldest first; those there is no room for are counted', () => {
  const many = Array.from({ length: 120 }, (_unused, i) => event(`event ${i}`, { i }, 119 - i))
  const { transactions, losses, errors } = run([at(1, undefined, { events: many })])
  const values = transactions[0]?.breadcrumbs?.values ?? []
  assert.is(values.length, 100)
  assert.equal([values[0]?.message, values[99]?.message], ['event 99', 'event 0'])
  assert.is(values[0]?.data['otel.span_id'], spanId(1))
  assert.equal(losses, { event: 20 })
  assert.is(errors.length, 0)
})

breadcrumbs('an exception without attributes is an event like others', () => {
  const { transactions, errors } = run([at(1, undefined, { ...FAILED, events: [exception({})] })])
  assert.is(errors.length, 0)
  assert.is(transactions[0]?.breadcrumbs?.values[0]?.message, 'exception')
})

breadcrumbs.run()
