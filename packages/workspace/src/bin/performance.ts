/**
 * `performance [--measure [--processes N]]`: writes `docs/performance.md` and its pictures from `docs/performance.json`. With
 * `--measure` it runs the whole bench first and writes that file too; nothing is written before every figure is there. One process
 * for each figure is enough for a look.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as E from '#fp-ts/Either'
import { all as ours } from '../bench/figures.ts'
import { defaultProcesses, measureRatios } from '../bench/measureRatios.ts'
import * as Peers from '../bench/peers/Peers.ts'
import { peerFigures } from '../bench/peers/peerFigures.ts'
import { root } from '../lint/Workspace.ts'
import { charts } from '../performance/charts.ts'
import * as PerformanceReport from '../performance/PerformanceReport.ts'
import { page } from '../performance/page.ts'

const figures = [...ours, ...peerFigures]

const { values: options } = parseArgs({
  options: { measure: { type: 'boolean' }, processes: { type: 'string' } },
})

/** Measurements of each figure, if not the default. */
const processes =
  options.processes === undefined || /^[1-9]\d{0,2}$/.test(options.processes)
    ? E.right(options.processes)
    : E.left('--processes is a number from 1 to 999')

const measure = (): E.Either<string, PerformanceReport.PerformanceReport> => {
  if (E.isLeft(processes)) return processes
  const { right: given } = processes
  const hasPeers = Peers.areInstalled()
  if (!hasPeers) console.error(Peers.NOT_INSTALLED)
  const measured = measureRatios(hasPeers ? figures : ours, {
    figures: ['all'],
    defaults: [],
    processesOf: (figure) =>
      given === undefined ? defaultProcesses(figures)(figure) : Number(given),
    program: fileURLToPath(new URL('./bench.js', import.meta.url)),
    print: console.log,
    note: console.error,
  })
  if (E.isLeft(measured)) return measured
  const report = {
    date: new Date().toISOString().slice(0, 10),
    commit: execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim(),
    machine: PerformanceReport.machine(),
    figures: measured.right.map(PerformanceReport.rounded),
  }
  writeFileSync(join(root, PerformanceReport.PATH), PerformanceReport.show(report))
  return E.right(report)
}

const report = options.measure
  ? measure()
  : PerformanceReport.parse(readFileSync(join(root, PerformanceReport.PATH), 'utf8'), figures)

if (E.isLeft(report)) {
  console.error(report.left)
  process.exitCode = 1
} else {
  writeFileSync(join(root, 'docs', 'performance.md'), page(report.right, figures))
  for (const [name, picture] of Object.entries(charts(report.right))) {
    writeFileSync(join(root, 'docs', 'pictures', name), picture)
  }
  console.log('performance: docs/performance.md and its pictures are written')
}
