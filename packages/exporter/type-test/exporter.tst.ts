import type { Http } from '@sentry-exporter/transport/Http'
import { describe, expect, test } from 'tstyche'
import type { ConfigInput } from '../src/Config.ts'
import * as Exporter from '../src/Exporter.ts'
import * as Package from '../src/index.ts'
import type { Outcome } from '../src/Outcome.ts'

declare const http: Http

/** The optional properties that refuse `undefined`, as programs write it: `environment: process.env.X`. */
type RefusingUndefined<T> = {
  [K in keyof T]-?: object extends Pick<T, K>
    ? undefined extends Required<T>[K]
      ? never
      : K
    : never
}[keyof T]

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

describe('input types', () => {
  test('take undefined for each optional property', () => {
    expect<RefusingUndefined<{ a?: string; b?: string | undefined }>>().type.toBe<'a'>()
    expect<RefusingUndefined<ConfigInput>>().type.toBe<never>()
  })
})

describe('Exporter', () => {
  test('is a namespace and a type, by its own name', () => {
    expect(Package.Exporter.open({ dsn: 'x' }, http)).type.toBe<Package.Exporter>()
    expect<Package.Exporter>().type.toBe<Package.Exporter.Exporter>()
    expect<Package.Outcome>().type.toBe<Package.Outcome.Outcome>()
  })
})
