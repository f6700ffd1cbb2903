import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { root } from '../src/lint/Workspace.ts'
import * as Report from '../src/runner/Report.ts'
import { runAll } from '../src/runner/runAll.ts'

/** Tests whose data have dates. All tests pass so: CONTRIBUTING has the command. */
const FILES = ['packages/exporter/test/Exporter.test.ts', 'packages/core/test/model/Micros.test.ts']

const DAYS = [
  { SENTRY_EXPORTER_CLOCK: '2024-01-01', TZ: 'Pacific/Chatham', LANG: 'tr_TR.UTF-8' },
  { SENTRY_EXPORTER_CLOCK: '2027-06-01', TZ: 'America/St_Johns', LANG: 'de_DE.UTF-8' },
  { SENTRY_EXPORTER_CLOCK: '2036-01-01', TZ: 'UTC', LANG: 'C' },
]

const everyDay = suite('the tests of every day')

for (const environment of DAYS) {
  everyDay(`pass on ${environment.SENTRY_EXPORTER_CLOCK} in ${environment.TZ}`, async () => {
    const report = await runAll({
      root,
      files: FILES.map((file) => join(root, file)),
      print: () => undefined,
      environment,
    })
    assert.ok(Report.isGood(report), report.failures.join('\n'))
  })
}

everyDay('have the clock that they were given, in processes that they start too', async () => {
  const report = await runAll({
    root,
    files: [join(root, 'packages/workspace/fixtures/runner/clock.test.mjs')],
    print: () => undefined,
    environment: { SENTRY_EXPORTER_CLOCK: '2036-01-01', TZ: 'UTC' },
  })
  assert.equal(report, { passed: 1, failed: 0, skipped: 0, failures: [] })
})

everyDay.run()
