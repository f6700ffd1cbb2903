import type { Http } from '@sentry-exporter/transport/Http'
import { describe, expect, test } from 'tstyche'
import * as Exporter from '../src/Exporter.ts'
import type { Outcome } from '../src/Outcome.ts'

declare const http: Http

describe('Exporter.open', () => {
  test('needs a DSN, and knows its options', () => {
    expect(Exporter.open).type.toBeCallableWith({ dsn: 'x' }, http)
    expect(Exporter.open).type.not.toBeCallableWith({}, http)
    expect(Exporter.open).type.not.toBeCallableWith({ dsn: 'x', colour: 'red' }, http)
  })
  test('gives promises of plain data', () => {
    expect(Exporter.open({ dsn: 'x' }, http).exportOtlp('')).type.toBe<Promise<Outcome>>()
  })
})
