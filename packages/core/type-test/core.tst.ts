import { describe, expect, test } from 'tstyche'
import * as Mapping from '../src/mapping/Mapping.ts'
import * as Losses from '../src/model/Losses.ts'
import * as Micros from '../src/model/Micros.ts'
import type { Span } from '../src/model/Span.ts'
import * as SpanId from '../src/model/SpanId.ts'
import type { TraceId } from '../src/model/TraceId.ts'
import { assemble } from '../src/pipeline/assemble.ts'
import type { Transaction } from '../src/pipeline/Transaction.ts'

describe('brands', () => {
  test('a text is no id until it was parsed', () => {
    expect<string>().type.not.toBeAssignableTo<SpanId.SpanId>()
    expect(SpanId.parse).type.toBeCallableWith('x')
    expect<SpanId.SpanId>().type.not.toBeAssignableTo<TraceId>()
    expect<SpanId.SpanId>().type.toBeAssignableTo<string>()
  })
  test('a number is no moment', () => {
    expect<number>().type.not.toBeAssignableTo<Micros.Micros>()
    expect(Micros.toSeconds).type.not.toBeCallableWith(7)
  })
})

describe('assemble', () => {
  test('needs a mapping and nothing else: no clock, no configuration', () => {
    expect(assemble).type.toBeCallableWith({ mapping: Mapping.sentry })
    expect(assemble).type.not.toBeCallableWith({})
  })
  test('gives plain JSON transactions', () => {
    expect(assemble({ mapping: Mapping.sentry })([]).transactions).type.toBe<
      ReadonlyArray<Transaction>
    >()
  })
  test('takes a mapping with one function replaced', () => {
    expect(assemble).type.toBeCallableWith({
      mapping: { ...Mapping.sentry, op: (_: Span) => 'mine' },
    })
    expect(assemble).type.not.toBeCallableWith({ mapping: { ...Mapping.sentry, op: 'mine' } })
  })
})

describe('Losses', () => {
  test('are counted only for reasons that exist', () => {
    expect(Losses.of).type.toBeCallableWith('invalid', 1)
    expect(Losses.of).type.not.toBeCallableWith('whatever', 1)
  })
})
