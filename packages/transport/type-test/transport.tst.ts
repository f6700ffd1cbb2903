import { describe, expect, test } from 'tstyche'
import type { HttpRequest } from '../src/Http.ts'
import type { QueueOptions } from '../src/Queue.ts'
import type { Policy, Transport } from '../src/Transport.ts'
import type { TransportError } from '../src/TransportError.ts'
import type { RetryOptions } from '../src/withRetry.ts'
import type { TimeoutOptions } from '../src/withTimeout.ts'

/** The optional properties that refuse `undefined`. */
type RefusingUndefined<T> = {
  [K in keyof T]-?: object extends Pick<T, K>
    ? undefined extends Required<T>[K]
      ? never
      : K
    : never
}[keyof T]

describe('option types', () => {
  test('take undefined for each optional property', () => {
    expect<RefusingUndefined<HttpRequest>>().type.toBe<never>()
    expect<RefusingUndefined<QueueOptions>>().type.toBe<never>()
    expect<RefusingUndefined<RetryOptions>>().type.toBe<never>()
    expect<RefusingUndefined<TimeoutOptions>>().type.toBe<never>()
  })
})

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
      | 'NoProject'
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
