import { describe, expect, test } from 'tstyche'
import type { Dsn } from '../src/Dsn.ts'
import type { DsnError } from '../src/DsnError.ts'
import type { EventId } from '../src/EventId.ts'

describe('Dsn', () => {
  test('contains no secret as text', () => {
    expect<NonNullable<Dsn['secretKey']>>().type.not.toBeAssignableTo<string>()
  })
  test('errors contain no part of the input', () => {
    expect<keyof DsnError>().type.toBe<'_tag'>()
  })
})

describe('EventId', () => {
  test('a text has to be parsed', () => {
    expect<string>().type.not.toBeAssignableTo<EventId>()
  })
})
