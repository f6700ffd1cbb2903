/**
 * `coverage`: runs the tests of the packages on the way of the data under c8 and prints the covered lines of the pure ones.
 * Ends with 1 if a package is below its minimum. The tests themselves are judged by `test`: under c8 they are slower, and
 * those with a time limit may fail.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as Coverage from '../coverage/Coverage.ts'
import { purePackages } from '../lint/packageRules.ts'
import { root } from '../lint/Workspace.ts'

const MIN_PERCENT = 95

/** Packages whose tests reach the pure packages. */
const TESTED = [...purePackages, 'exporter', 'cli']

const c8 = join(
  dirname(createRequire(join(root, 'package.json')).resolve('c8/package.json')),
  'bin',
  'c8.js',
)

const folder = mkdtempSync(join(tmpdir(), 'sentry-exporter-coverage-'))
try {
  const include = [...purePackages].flatMap((name) => ['--include', `packages/${name}/src/**`])
  spawnSync(
    process.execPath,
    [
      c8,
      ...['--all', '--src', root, '--reporter', 'json-summary', '--exclude-after-remap'],
      ...['--reports-dir', folder, '--temp-directory', join(folder, 'v8'), ...include],
      process.execPath,
      fileURLToPath(new URL('./test.js', import.meta.url)),
      ...TESTED.map((name) => `packages/${name}/test/`),
    ],
    { cwd: root, stdio: 'inherit' },
  )
  const summary = JSON.parse(readFileSync(join(folder, 'coverage-summary.json'), 'utf8'))
  const rows = Coverage.byPackage(root, summary)
  for (const row of rows) console.log(Coverage.show(row))
  const isEnough = rows.every((row) => Coverage.percent(row) >= MIN_PERCENT)
  console.log(`coverage: ${isEnough ? 'at least' : 'NOT at least'} ${MIN_PERCENT} % of the lines`)
  process.exitCode = isEnough ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
