import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import { all } from '../../src/bench/figures.ts'
import { peerFigures } from '../../src/bench/peers/peerFigures.ts'
import { root } from '../../src/lint/Workspace.ts'
import { charts } from '../../src/performance/charts.ts'
import * as PerformanceReport from '../../src/performance/PerformanceReport.ts'
import { page } from '../../src/performance/page.ts'

const figures = [...all, ...peerFigures]

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const committed = PerformanceReport.parse(read(PerformanceReport.PATH), figures)

if (E.isLeft(committed)) throw new Error(committed.left)

const report = committed.right

const AGAIN = 'run `npx --yes pnpm@10.34.9 run performance`'

const documents = suite('docs/performance.md')

documents('is what its figures give', () => {
  assert.is(read('docs/performance.md'), page(report, figures), AGAIN)
})

for (const [name, picture] of Object.entries(charts(report))) {
  documents(`its picture ${name} is what its figures give`, () => {
    assert.is(read(`docs/pictures/${name}`), picture, AGAIN)
  })
}

documents('has every figure with a budget', () => {
  const measured = report.figures.map(({ name }) => name)
  assert.equal(
    all.filter(({ name, budget }) => budget !== undefined && !measured.includes(name)),
    [],
  )
})

documents('has a row for each figure of its run, and names those that miss their budget', () => {
  const text = read('docs/performance.md')
  const [, budgets = ''] = text.split('\n## Budgets\n')
  const [missed = ''] = budgets.split('\n## ')
  for (const result of report.figures) {
    assert.match(text, new RegExp(`^\\| \`${result.name}\` \\| [^|]+ \\| `, 'm'))
    assert.is(
      missed.includes(`\`${result.name}\``),
      PerformanceReport.isMissed(result),
      result.name,
    )
  }
})

documents('changes with a figure', () => {
  const [first, ...others] = report.figures
  assert.ok(first)
  const changed = { ...report, figures: [{ ...first, value: first.value * 2 }, ...others] }
  assert.is.not(page(changed, figures), page(report, figures))
})

documents('shows a run without peers, and without the figures of the capacity', () => {
  const few = { ...report, figures: report.figures.filter(({ name }) => name === 'floor') }
  const text = page(few, figures)
  assert.match(text, 'Other implementations were not installed in this run.')
  assert.match(text, '| 1,000 | - | - | - |')
})

documents.run()
