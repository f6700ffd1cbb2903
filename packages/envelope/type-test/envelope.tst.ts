import { describe, expect, test } from 'tstyche'
import type { Dsn } from '../src/Dsn.ts'
import type { DsnError } from '../src/DsnError.ts'
import type { EventId } from '../src/EventId.ts'

describe('Dsn', () => {
  test('holds no secret as text', () => {
    expect<NonNullable<Dsn['secretKey']>>().type.not.toBeAssignableTo<string>()
  })
  test('errors hold nothing of what was given', () => {
    expect<keyof DsnError>().type.toBe<'_tag'>()
  })
})

describe('EventId', () => {
  test('a text is none until it was parsed', () => {
    expect<string>().type.not.toBeAssignableTo<EventId>()
  })
})
