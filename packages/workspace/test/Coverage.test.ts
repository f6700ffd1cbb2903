import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/coverage/Coverage.ts'

const coverage = suite('Coverage')

const lines = (total: number, covered: number): _.CoverageSummary[string] => ({
  lines: { total, covered },
})

coverage('is summed for each package', () => {
  const rows = _.byPackage('/w', {
    total: lines(170, 150),
    '/w/packages/core/src/a/A.ts': lines(60, 50),
    '/w/packages/core/src/B.ts': lines(40, 40),
    '/w/packages/otlp/src/C.ts': lines(70, 60),
  })
  assert.equal(rows, [
    { folder: 'core', lines: 100, covered: 90, gaps: [['packages/core/src/a/A.ts', 10]] },
    { folder: 'otlp', lines: 70, covered: 60, gaps: [['packages/otlp/src/C.ts', 10]] },
  ])
  assert.equal(rows.map(_.percent).map(Math.round), [90, 86])
  assert.is(
    rows.map(_.show)[0],
    'core: 90.00 % of 100 lines\n  packages/core/src/a/A.ts: 10 lines not covered',
  )
})

coverage.run()
