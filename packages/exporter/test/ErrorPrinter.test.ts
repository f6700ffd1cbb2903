import * as Contexts from '@sentry-exporter/core/Contexts'
import * as ErrorEvent from '@sentry-exporter/core/ErrorEvent'
import * as ExceptionValue from '@sentry-exporter/core/ExceptionValue'
import * as Hooks from '@sentry-exporter/core/Hooks'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Mapping from '@sentry-exporter/core/Mapping'
import * as Micros from '@sentry-exporter/core/Micros'
import { defaultErrorRules, EventBase } from '@sentry-exporter/core/pipeline'
import type { RecordedException } from '@sentry-exporter/core/RecordedException'
import type { Tags } from '@sentry-exporter/core/Tags'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as WellFormed from '@sentry-exporter/envelope/WellFormed'
import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as O from '#fp-ts/Option'
import * as _ from '../src/ErrorPrinter.ts'
import * as Pipeline from '../src/Pipeline.ts'

const STACKS = [
  '',
  'not a stack',
  'Error: no\n    at pay (/srv/shop.js:3:7)\n    at r\ud800n ("a\\b".js:1:2)',
  'Error: no\n    at pay (/srv/shop.js:3:7)\n  [cause]: Error: first\n      at run (/srv/db.js:4:1)',
]

const recorded = (stack: string): RecordedException => ({
  key: '0',
  type: 'Error',
  message: 'no',
  stack,
  causes: [],
  timeMicros: Micros.of(1_700_000_000_000_000),
  escaped: undefined,
  isFailure: true,
  spanName: 'work',
  language: 'nodejs',
  attributes: stack === '' ? { note: '\udc00' } : {},
})

const base = EventBase.of(Mapping.sentry)(span().resource)

const toChain = ExceptionValue.ofRecorded(defaultErrorRules.parsers)

const errorOf = (stack: string, of = base, tags?: Tags): ErrorEvent.ErrorEvent =>
  ErrorEvent.of(recorded(stack), toChain(recorded(stack), false), {
    base: of,
    tags,
    contexts: Contexts.of({ trace_id: traceId(1), span_id: spanId(1) }, of.resource),
    level: 'error',
    transaction: 'GET /',
    breadcrumbs: [],
  })

/** A printer that joins the pieces of an event. */
const printing = (): ((error: ErrorEvent.ErrorEvent, base?: EventBase.EventBase) => string) => {
  const print = _.make()
  return (error, base) => Utf8.decode(Utf8.join(print(error, base).map(Utf8.slice)))
}

const printer = suite('ErrorPrinter')

printer('prints what stringify prints, the first time and again', () => {
  const print = printing()
  for (const stack of [...STACKS, ...STACKS]) {
    const error = errorOf(stack)
    assert.is(print(error), WellFormed.stringify(error))
  }
})

printer('prints the fields and contexts of a base, the first time and again', () => {
  const print = printing()
  const bare = EventBase.of({ ...Mapping.sentry, contexts: () => ({}) })(span().resource)
  for (const own of [base, bare, base, bare]) {
    for (const stack of STACKS) {
      const errors: ReadonlyArray<ErrorEvent.ErrorEvent> = [
        errorOf(stack, own),
        errorOf(stack, own, { tenant: 'a' }),
        { ...errorOf(stack, own), platform: 'java' },
        { ...errorOf(stack, own), fingerprint: ['a'] },
        { ...errorOf(stack, own), extra: { text: 'the mark is 1e-199' } },
      ]
      for (const error of errors) assert.is(print(error, own), WellFormed.stringify(error))
    }
  }
})

const CONFIGS: Readonly<Record<string, Partial<Pipeline.Options<unknown>>>> = {
  'the default': {},
  "the Collector's mapping": { mapping: Mapping.collector },
  'a fingerprint': {
    errors: { ...defaultErrorRules, errors: 'all', fingerprint: () => ['a', 'b'] },
  },
  'a small limit': { limits: { ...Limits.gateway, maxHeadBytes: 900 } },
  'a hook': {
    hooks: { ...Hooks.defaults, error: (error) => O.some({ ...error, level: 'error' }) },
  },
}

for (const [name, options] of Object.entries(CONFIGS)) {
  printer(`prints the events of a pipeline, with ${name}`, () => {
    let printed = 0
    const assemble = Pipeline.assemble({
      mapping: Mapping.sentry,
      limits: Limits.gateway,
      errors: { ...defaultErrorRules, errorsFromStatus: true },
      ...options,
      encode: (event, { payload }) => {
        if ('spans' in event || payload instanceof Uint8Array) return
        printed++
        assert.is(Utf8.decode(Utf8.join(payload.map(Utf8.slice))), WellFormed.stringify(event))
      },
    })
    const failed = { code: 'ERROR', message: 'no' } as const
    const spans = STACKS.map((stack, nth) =>
      span({
        spanId: spanId(nth + 1),
        status: failed,
        events: [
          {
            name: 'exception',
            timeMicros: Micros.of(1_700_000_000_500_000),
            attributes: {
              'exception.type': `Error${nth}`,
              'exception.stacktrace': stack,
              note: 'n'.repeat(nth * 1_000),
            },
            droppedAttributes: 0,
          },
        ],
      }),
    )
    assemble([[...spans, span({ spanId: spanId(9), status: failed })]])
    assert.ok(printed >= STACKS.length, String(printed))
  })
}

printer('prints fields in the order of a hook, and fields that it does not know', () => {
  const print = printing()
  const { exception, ...others } = errorOf(STACKS[2] ?? '')
  const [value] = exception.values
  assert.ok(value)
  const { stacktrace, ...withoutStack } = value
  assert.ok(stacktrace)
  const changed = [
    { exception, ...others },
    { ...others, exception },
    { ...others, exception: { values: [] } },
    { ...others, exception: { ...exception, more: 1 } },
    { ...others, exception: { values: [withoutStack, value] } },
    { ...others, exception: { values: [{ stacktrace, ...withoutStack }] } },
  ]
  for (const error of changed) assert.is(print(error), WellFormed.stringify(error))
})

printer('prints a frame again that is not frozen, or holds an object', () => {
  const print = printing()
  const inner = { a: 1 }
  // A parser of a user may give such frames.
  const frames = [{ function: 'a' }, Object.freeze({ function: 'b', inner })]
  const error = errorOf(STACKS[0] ?? '')
  const [value] = error.exception.values
  assert.ok(value)
  const changed = { ...error, exception: { values: [{ ...value, stacktrace: { frames } }] } }
  assert.is(print(changed), WellFormed.stringify(changed))
  inner.a = 2
  frames[0] = { function: 'c' }
  assert.is(print(changed), WellFormed.stringify(changed))
})

printer(
  'prints a list of frames again that is not frozen, or holds a frame that may change',
  () => {
    const print = printing()
    const [value] = errorOf(STACKS[0] ?? '').exception.values
    assert.ok(value)
    const error = (frames: ReadonlyArray<{ readonly function: string }>) => ({
      ...errorOf(STACKS[0] ?? ''),
      exception: { values: [{ ...value, stacktrace: { frames } }] },
    })
    const open = { function: 'a' }
    const ofOpen = error(Object.freeze([open]))
    assert.is(print(ofOpen), WellFormed.stringify(ofOpen))
    open.function = 'b'
    assert.is(print(ofOpen), WellFormed.stringify(ofOpen))
    const growing: Array<{ readonly function: string }> = [Object.freeze({ function: 'a' })]
    const ofGrowing = error(growing)
    assert.is(print(ofGrowing), WellFormed.stringify(ofGrowing))
    growing.push(Object.freeze({ function: 'c' }))
    assert.is(print(ofGrowing), WellFormed.stringify(ofGrowing))
  },
)

printer('prints an event that holds the mark of its own printing', () => {
  const print = printing()
  for (const stack of STACKS) {
    const error = {
      ...errorOf(stack),
      extra: { stacktrace: 1e-199, more: ['"stacktrace":1e-199'] },
    }
    assert.is(print(error), WellFormed.stringify(error))
  }
})

printer.run()
