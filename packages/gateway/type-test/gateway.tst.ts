import { describe, expect, test } from 'tstyche'
import type { GatewayConfig } from '../src/config/GatewayModel.ts'
import type { HttpReceiverConfig } from '../src/config/ReceiverConfig.ts'
import type { KeyRule, KeyRules } from '../src/reload/KeyRule.ts'

describe('KeyRules', () => {
  test('has a rule for each field of a record, also for those that may be left out', () => {
    expect<keyof KeyRules<HttpReceiverConfig>>().type.toBe<keyof HttpReceiverConfig>()
    expect<KeyRules<{ readonly a: string; readonly b?: string }>>().type.not.toBeAssignableFrom<{
      readonly a: KeyRule
    }>()
  })

  test('refuses a rule for a field that is not there', () => {
    expect<KeyRules<{ readonly a: string }>>().type.not.toBeAssignableFrom({
      a: { key: 'a', effect: 'applies' },
      b: { key: 'b', effect: 'applies' },
    })
  })
})

describe('GatewayConfig', () => {
  test('has sections that a reload knows', () => {
    expect<keyof GatewayConfig>().type.toBe<
      | 'receivers'
      | 'pipelines'
      | 'exporters'
      | 'healthChecks'
      | 'telemetry'
      | 'shutdownTimeoutMillis'
    >()
  })
})
