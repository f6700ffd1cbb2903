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

classify.run()
