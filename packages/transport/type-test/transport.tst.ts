import { describe, expect, test } from 'tstyche'
import type { Policy, Transport } from '../src/Transport.ts'
import type { TransportError } from '../src/TransportError.ts'

describe('TransportError', () => {
  test('is closed: these are all cases', () => {
    expect<TransportError['_tag']>().type.toBe<
      | 'Unreachable'
      | 'Untrusted'
      | 'TimedOut'
      | 'Refused'
      | 'Closed'
      | 'RateLimited'
      | 'Overflowed'
      | 'Abandoned'
      | 'GaveUp'
    >()
  })
})

describe('Policy', () => {
  test('takes a transport and returns one', () => {
    expect<(transport: Transport) => Transport>().type.toBeAssignableTo<Policy>()
    expect<Transport>().type.not.toBeAssignableTo<Policy>()
  })
})
