import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fileGroups } from '../src/runner/fileGroups.ts'
import { PROCESS_LIMIT_MILLIS } from '../src/runner/limit.ts'
import * as _ from '../src/runner/Report.ts'
import { runAll } from '../src/runner/runAll.ts'

const uvu = JSON.stringify(fileURLToPath(import.meta.resolve('uvu')))
// Assembled, so that the declarations of this file differ from those in its texts.
const DECLARE = 'suite'
const ONLY = 'only('
const HEAD = `import { suite } from ${uvu}\nconst s = ${DECLARE}('s')\n`

/** Runs one test file of this text, as `runAll` runs any. */
const run = async (text: string, limitMillis = PROCESS_LIMIT_MILLIS): Promise<_.Report> => {
  const folder = mkdtempSync(join(tmpdir(), 'sentry-exporter-'))
  const file = join(folder, 'x.test.mjs')
  writeFileSync(file, text)
  try {
    return await runAll({ root: folder, files: [file], limitMillis, print: () => undefined })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const groups = suite('fileGroups')
const runner = suite('runAll')

runner('passes what passes', async () => {
  const report = await run(`${HEAD}s('a', () => {})\ns.skip('b', () => {})\ns.run()`)
  assert.equal(report, { passed: 1, failed: 0, skipped: 1, failures: [] })
  assert.ok(_.isGood(report))
})

// the traps in which uvu exits 0
const TRAPS: ReadonlyArray<readonly [string, string, string]> = [
  ['a failing test', `${HEAD}s('a', () => { throw new Error('no') })\ns.run()`, 'no'],
  [
    'a hook that throws before',
    `${HEAD}s.before(() => { throw new Error('hook') })\ns('a', () => {})\ns.run()`,
    'hook',
  ],
  [
    'a hook that throws after each',
    `${HEAD}s.after.each(() => { throw new Error('hook') })\ns('a', () => {})\ns.run()`,
    'a hook failed',
  ],
  [
    'a test that throws no Error',
    `${HEAD}s('a', () => { throw null })\ns.run()`,
    'no Error was thrown',
  ],
  ['a forgotten run', `${HEAD}s('a', () => {})`, '.run()` is missing'],
  [
    'one forgotten run of two',
    `${HEAD}s('a', () => {})\ns.run()\nconst r = ${DECLARE}('r')\nr('b', () => {})`,
    '.run()` is missing',
  ],
  [
    'a hook that throws at the end',
    `${HEAD}s.after(() => { throw new Error('last') })\ns('a', () => {})\ns.run()`,
    'last',
  ],
  ['a suite without a test', `${HEAD}s.run()`, 'without a test'],
  ['a file without a suite', 'export {}', '.run()` is missing'],
  ['a file that does not load', 'import "./missing.mjs"', 'could not be loaded'],
  [
    'a rejection that nobody handles',
    `${HEAD}s('a', () => { Promise.reject(new Error('stray')) })\ns.run()`,
    'stray',
  ],
  [
    'a test that ends the process',
    `${HEAD}s('a', () => process.exit(0))\ns.run()`,
    'before it reported',
  ],
]

for (const [name, text, message] of TRAPS) {
  runner(`fails on ${name}`, async () => {
    const report = await run(text)
    assert.not(_.isGood(report))
    assert.ok(report.failed > 0)
    assert.match(report.failures.join('\n'), message)
  })
}

runner('fails on a file that does not end', async () => {
  const report = await run(
    `${HEAD}s('a', () => new Promise(() => setInterval(() => {}, 1000)))\ns.run()`,
    1_500,
  )
  assert.match(report.failures.join(), 'still running after 1500 ms')
})

groups(
  'put files of one pure package or folder together, a few at a time, and leave the others alone',
  () => {
    const core = Array.from({ length: 7 }, (_, index) => `/w/packages/core/test/${index}.test.ts`)
    const [first = '', ...others] = core
    const cli = ['/w/packages/cli/test/a.test.ts', '/w/packages/cli/test/b.test.ts']
    const reports = ['a', 'b'].map((name) => `/w/packages/workspace/test/reports/${name}.test.ts`)
    const [one = '', two = ''] = cli
    assert.equal(
      fileGroups('/w', [first, one, ...reports, ...others, two, '/w/examples/core/test/a.test.ts']),
      [core.slice(0, 6), [one], reports, core.slice(6), [two], ['/w/examples/core/test/a.test.ts']],
    )
  },
)

groups('go on after a file that ended their process', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sentry-exporter-'))
  const texts = [
    `${HEAD}s('a', () => {})\ns.run()`,
    `${HEAD}s('a', () => process.exit(3))\ns.run()`,
    `${HEAD}s('a', () => { throw new Error('no') })\ns.run()`,
    `${HEAD}s('a', () => {})\ns.run()`,
  ]
  const files = texts.map((_, index) => join(folder, 'packages', 'core', `${index}.test.mjs`))
  try {
    mkdirSync(join(folder, 'packages', 'core'), { recursive: true })
    for (const [index, text] of texts.entries()) writeFileSync(files[index] ?? '', text)
    const lines: Array<string> = []
    const report = await runAll({ root: folder, files, print: (line) => lines.push(line) })
    const words = lines.flatMap((line) => /^(?:ok {2}|FAIL)(?= )/.exec(line) ?? [])
    assert.equal(words, ['ok  ', 'FAIL', 'FAIL', 'ok  '])
    assert.equal([report.passed, report.failed], [2, 2])
    assert.match(report.failures.join('\n'), 'ended with code 3 before it reported')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

groups.run()

runner('fails on a run without a file', async () => {
  const report = await runAll({ root: '', files: [], print: () => undefined })
  assert.not(_.isGood(report))
})

runner('refuses .only where nobody looks on', async () => {
  const before = process.env['CI']
  process.env['CI'] = 'true'
  try {
    const report = await run(`${HEAD}s.${ONLY}'a', () => {})\ns.run()`)
    assert.match(report.failures.join(), `.${ONLY}`)
  } finally {
    if (before === undefined) delete process.env['CI']
    else process.env['CI'] = before
  }
})

runner.run()
