import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as LoadTable from '../../src/campaigns/sdkLoad/LoadTable.ts'
import * as ComparisonReport from '../../src/campaigns/sentryOpenTelemetry/ComparisonReport.ts'

const machine = { processor: 'CPU', cores: 2, memoryGigabytes: 8, node: 'v20.1.0', platform: 'x' }

const tables = suite('tables of campaigns')

tables('a comparison shows losses, the end of a process, and the ratio of the CPU', () => {
  const side = {
    spansSent: 3_000,
    countedLost: 0,
    transactions: 5,
    notWhole: 0,
    errors: 2,
    uncaught: 0,
    cpuMicrosPerSpan: 30,
  }
  const sentry = { ...side, spansSent: 1_001, uncaught: 1, errors: 0, cpuMicrosPerSpan: 20 }
  const text = ComparisonReport.show({
    other: 'peer 1.0',
    machine,
    scenarios: [{ name: 'large', spans: 3_000, sentry, own: side }],
  })
  assert.match(text, '| 3,000 | 1,999, and the process ends | 0 | 5 / 5 | 0 / 2 | 1 : 1.50 |')
  assert.match(text, '`peer 1.0`, Node 20.1.0, CPU, 2 cores.')
})

tables('a load shows the CPU as a ratio to no exporter, and the spans that did not arrive', () => {
  const load = {
    exporter: 'no-op',
    cpuMicrosPerSpan: 20,
    maxOwnMillis: 1,
    p999OwnMillis: 1,
    maxMillis: 9,
    warmUpMaxOwnMillis: 5,
    spans: 100,
    spansSent: 0,
  } as const
  const text = LoadTable.show({
    machine,
    spansPerSecond: 5_000,
    exporters: [
      load,
      { ...load, exporter: 'processor', cpuMicrosPerSpan: 50, maxOwnMillis: 7.25, spansSent: 98 },
    ],
  })
  assert.match(text, '| 1.00 | 1.0 ms | 1.0 ms | 5.0 ms |  |')
  assert.match(text, '| 2.50 | 7.3 ms | 1.0 ms | 5.0 ms | 2 |')
})

tables.run()
