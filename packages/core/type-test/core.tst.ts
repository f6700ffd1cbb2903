import { describe, expect, test } from 'tstyche'
import { assemble } from '../src/assemble.ts'
import * as Losses from '../src/Losses.ts'
import * as Mapping from '../src/Mapping.ts'
import * as Micros from '../src/Micros.ts'
import type { Span } from '../src/Span.ts'
import * as SpanId from '../src/SpanId.ts'
import type { TraceId } from '../src/TraceId.ts'
import type { Transaction } from '../src/Transaction.ts'

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
