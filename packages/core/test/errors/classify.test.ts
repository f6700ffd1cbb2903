import { jvm } from '@sentry-exporter/stacktrace/parsers'
import { spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/errors/classify.ts'
import type { Occurrence } from '../../src/errors/collect.ts'
import type { UniqueException } from '../../src/errors/deduplicate.ts'
import * as ErrorRules from '../../src/errors/ErrorRules.ts'
import * as RecordedException from '../../src/exception/RecordedException.ts'
import * as Micros from '../../src/model/Micros.ts'
import type { SpanId } from '../../src/model/SpanId.ts'

interface Source {
  readonly spanId: SpanId
}

const at = (
  n: number,
  fields: Partial<RecordedException.RecordedException> = {},
): Occurrence<Source> => ({
  source: { spanId: spanId(n) },
  exception: {
    ...RecordedException.ofAttributes({ 'exception.type': 'Error' }),
    key: '0',
    timeMicros: Micros.zero,
    isFailure: true,
    spanName: 'work',
    language: undefined,
    ...fields,
  },
})

const unique = (
  innermost: Occurrence<Source>,
  ...others: ReadonlyArray<Occurrence<Source>>
): UniqueException<Source> => ({ innermost, occurrences: [...others, innermost] })

const classified = (
  exceptions: ReadonlyArray<UniqueException<Source>>,
  facts: Partial<_.SegmentFacts<Source>> = {},
  rules: Partial<ErrorRules.ErrorRules> = {},
): _.Classified<Source> =>
  _.classify(ErrorRules.make({ parsers: [], ...rules }))(exceptions, {
    isEntry: () => false,
    wasCaptured: () => false,
    isPending: false,
    ...facts,
  })

const classify = suite('classify')

classify('errors, other exceptions and ignored ones', () => {
  const [error, other] = [at(1), at(2, { isFailure: false })]
  const { errors, others, losses } = classified([
    unique(error),
    unique(other),
    unique(at(3, { type: 'AbortError' })),
  ])
  assert.equal(errors, [{ ...error, level: 'error', handled: undefined }])
  assert.equal(others, [other])
  assert.equal(losses, { error_ignored: 1 })
})

classify('the most severe record decides, and the outermost that is known to have escaped', () => {
  const inner = at(2, { isFailure: false, escaped: true })
  const { errors, losses } = classified([unique(inner, at(1, { escaped: false }))])
  assert.equal(
    errors.map(({ source, level, handled }) => [source.spanId, level, handled]),
    [[spanId(2), 'error', true]],
  )
  assert.equal(losses, { error_copy: 1 })
})

classify('an exception that failed the entry span was not caught', () => {
  const isEntry = ({ spanId: id }: Source): boolean => id === spanId(1)
  const { errors } = classified([unique(at(1)), unique(at(2))], { isEntry })
  assert.equal(
    errors.map(({ handled }) => handled),
    [false, undefined],
  )
})

classify('further records of an exception that was captured before are copies', () => {
  const wasCaptured = ({ spanId: id }: Source): boolean => id === spanId(1)
  const { errors, others, losses } = classified([unique(at(1), at(2), at(3))], { wasCaptured })
  assert.equal([errors, others, losses], [[], [], { error_copy: 2 }])
})

classify('a pending segment decides errors only, and remembers them', () => {
  const other = unique(at(2, { isFailure: false }))
  const { errors, others, captured } = classified([unique(at(1)), other], { isPending: true })
  assert.equal([errors.length, others.length], [1, 0])
  assert.equal(captured, [{ spanId: spanId(1), key: '0' }])
})

classify('a sent segment remembers its log records only', () => {
  const key = RecordedException.logKey('abc')
  const { captured } = classified([unique(at(1), at(1, { key }))])
  assert.equal(captured, [{ spanId: spanId(1), key }])
})

const ERRORS: ReadonlyArray<
  readonly [
    errors: ErrorRules.ErrorRules['errors'],
    record: Partial<RecordedException.RecordedException>,
    isEntry: boolean,
    result: 'error' | 'warning' | 'breadcrumb',
  ]
> = [
  ['failed', { isFailure: true }, false, 'error'],
  ['failed', { isFailure: false }, true, 'breadcrumb'],
  ['failed', { isFailure: false, escaped: true }, false, 'warning'],
  ['failed', { isFailure: false, escaped: false }, false, 'breadcrumb'],
  ['unhandled', { isFailure: true }, false, 'breadcrumb'],
  ['unhandled', { isFailure: true }, true, 'error'],
  ['unhandled', { isFailure: true, escaped: false }, true, 'breadcrumb'],
  ['unhandled', { isFailure: false, escaped: true }, false, 'warning'],
  ['all', { isFailure: false }, false, 'warning'],
  ['none', { isFailure: true, escaped: true }, true, 'breadcrumb'],
]

for (const [errors, record, isEntry, result] of ERRORS) {
  classify(
    `${errors}: ${JSON.stringify(record)}${isEntry ? ' of an entry' : ''}: ${result}`,
    () => {
      const found = classified([unique(at(1, record))], { isEntry: () => isEntry }, { errors })
      assert.equal(
        [found.errors.map(({ level }) => level), found.others.length],
        result === 'breadcrumb' ? [[], 1] : [[result], 0],
      )
    },
  )
}

const IGNORED: ReadonlyArray<readonly [rule: string | RegExp, type: string, isIgnored: boolean]> = [
  ['TypeError', 'TypeError', true],
  ['Type', 'TypeError', false],
  [/^Type/, 'TypeError', true],
  ['no route', 'TypeError', true],
  [/route$/, 'TypeError', true],
  ['route', 'TypeError', false],
]

for (const [rule, type, isIgnored] of IGNORED) {
  classify(`the rule ${rule} ${isIgnored ? 'ignores' : 'keeps'} ${type}: no route`, () => {
    const { losses } = classified(
      [unique(at(1, { type, message: 'no route' }))],
      {},
      {
        ignoreErrors: [rule],
      },
    )
    assert.equal(losses, isIgnored ? { error_ignored: 1 } : {})
  })
}

classify('cancelled calls are ignored by default, and limits of time are not', () => {
  const ignored = (type: string, message = 'x'): boolean =>
    classified([unique(at(1, { type, message }))]).losses['error_ignored'] === 1
  for (const type of [
    'AbortError',
    'asyncio.CancelledError',
    'kotlinx.coroutines.JobCancellationException',
    'java.util.concurrent.CancellationException',
    'CancellationError',
  ]) {
    assert.ok(ignored(type), type)
  }
  assert.ok(ignored('*url.Error', 'Get "http://a": context canceled'))
  for (const type of ['TimeoutError', 'System.Threading.Tasks.TaskCanceledException']) {
    assert.not(ignored(type), type)
  }
  assert.not(ignored('context.deadlineExceededError', 'context deadline exceeded'))
})

classify('an error has the stack with the most causes of its records, and its own place', () => {
  const parsers = [jvm]
  const stack = 'A: a\n\tat b.C.d(E.java:1)'
  const longer = `${stack}\nCaused by: F: f\n\tat g.H.i(J.java:2)`
  const [own, other] = [at(2, { type: 'A', stack }), at(1, { type: 'A', stack: longer })]
  const { errors } = classified([unique(own, other)], {}, { parsers })
  assert.equal(
    errors.map(({ source, exception }) => [source.spanId, exception.stack]),
    [[spanId(2), longer]],
  )
})

classify('an error that is the cause of another is a copy, unless that was captured before', () => {
  const [wrapper, cause] = [unique(at(1)), unique(at(2))]
  const causesAmong = (): ReadonlySet<UniqueException<Source>> => new Set([cause])
  const found = classified([wrapper, cause], { causesAmong })
  assert.equal([found.errors.length, found.losses], [1, { error_copy: 1 }])
  const late = classified([wrapper, cause], {
    causesAmong,
    wasCaptured: (id) => id.spanId === spanId(2),
  })
  assert.equal([late.errors.length, late.losses], [1, {}])
})

classify.run()
