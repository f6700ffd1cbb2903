import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Sink } from '@sentry-exporter/cli'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Block from '../src/codeBlocks/Block.ts'
import { compile } from '../src/codeBlocks/compile.ts'
import { run } from '../src/codeBlocks/run.ts'
import { filesBelow, root } from '../src/lint/Workspace.ts'
import * as Recorded from '../src/Recorded.ts'

const parse = suite('Block.parse')

const FENCE = '```'

parse('finds fences of TypeScript, with their lines, and whether they run', () => {
  const document = `a\n${FENCE}ts\none()\n${FENCE}\n${FENCE}sh\nls\n${FENCE}\n- b\n  ${FENCE}ts no-run\n  two()\n  ${FENCE}\n${FENCE}tsx\n${FENCE}\n`
  assert.equal(Block.parse('x.md', document), [
    { path: 'x.md', line: 3, code: 'one()\n', runs: true },
    { path: 'x.md', line: 10, code: 'two()\n', runs: false },
  ])
})

parse.run()

const expectedOutput = suite('Block.expectedOutput')

const block = (code: string): Block.Block => ({ path: 'x.md', line: 1, code, runs: true })

expectedOutput('is what stands in comments behind what is printed', () => {
  assert.is(
    Block.expectedOutput(block("console.log(f('a')) // b\nif (c) console.log(1) // 2\n")),
    'b\n2',
  )
  assert.is(Block.expectedOutput(block('console.log(1)\nf() // 2\n')), undefined)
})

expectedOutput.run()

// A folder of this package: its blocks see what this package depends on, and git does not see them.
const folder = join(root, 'packages', 'workspace', 'dist')
mkdirSync(folder, { recursive: true })

const inFolder = async (
  blocks: ReadonlyArray<Block.Block>,
  test: (home: string, names: ReadonlyArray<string>) => void | Promise<void>,
): Promise<void> => {
  const home = mkdtempSync(join(folder, '.code-blocks-'))
  try {
    for (const one of blocks) writeFileSync(join(home, Block.fileName(one)), one.code)
    await test(home, blocks.map(Block.fileName))
  } finally {
    rmSync(home, { recursive: true })
  }
}

/** The README of the whole, what is in `docs`, and the README of each package. */
const isDocument = (path: string): boolean =>
  /[\\/]docs[\\/].*\.md$|[\\/]packages[\\/][^\\/]+[\\/]README\.md$/.test(path)

const blocks = ['README.md', 'docs', 'packages']
  .flatMap((start) =>
    start.endsWith('.md') ? [join(root, start)] : filesBelow(join(root, start), isDocument),
  )
  .flatMap((path) => Block.parse(relative(root, path), readFileSync(path, 'utf8')))

const compiles = suite('code in the documentation compiles')

const planted = block("import { nothing } from '@sentry-exporter/core'\nnothing(x)\n")

/** Once for all: most of the time goes into reading the packages. */
const complaints: Array<string> = []

compiles.before(() =>
  inFolder([...blocks, planted], (home, names) => {
    complaints.push(...compile(root, home, names))
  }),
)

compiles('with the options of this repository', () => {
  assert.equal(
    complaints.filter((complaint) => !complaint.startsWith(Block.fileName(planted))),
    [],
  )
  assert.ok(blocks.length > 10)
})

compiles('else the compiler says where it does not', () => {
  const [first = '', second = ''] = complaints.filter((complaint) =>
    complaint.startsWith(Block.fileName(planted)),
  )
  assert.match(first, /^x-md-1\.ts:1: .*nothing/)
  assert.match(second, /^x-md-1\.ts:2: .*'x'/)
})

compiles.run()

const runs = suite('code in the documentation runs')

/** A request with traces of a small shop, for the blocks that read a file. */
const trace = join(root, 'examples', 'demo', 'otlp', '0002-traces.json')

runs('and prints what it says that it prints', async () => {
  const sink = await Sink.open({ port: 0, onEnvelope: () => undefined, page: () => '' })
  const problems: Array<string> = []
  await inFolder(blocks, async (home) => {
    const recent = Recorded.renewed(readFileSync(trace, 'utf8'), Date.now())
    writeFileSync(join(home, 'trace.json'), recent)
    const waiting = blocks.filter((one) => one.runs)
    const place = { cwd: home, env: { SENTRY_DSN: sink.dsn }, limitMillis: 30_000 }
    const worker = async (): Promise<void> => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
        const { problem, printed } = await run(place)(join(home, Block.fileName(one)))
        const expected = Block.expectedOutput(one)
        if (problem !== undefined) problems.push(`${Block.show(one)}: ${problem}`)
        else if (expected !== undefined && printed !== expected)
          problems.push(`${Block.show(one)}: prints\n${printed}\nbut says\n${expected}`)
      }
    }
    await Promise.all([worker(), worker()])
  })
  await sink.close()
  assert.is(problems.join('\n\n'), '')
  assert.is(sink.refused(), 0)
})

runs('else it is told that one fails, or does not end', () =>
  inFolder(
    [block("throw new Error('no')\n"), { ...block('setInterval(() => 0, 1e6)\n'), line: 2 }],
    async (home, names) => {
      const ran = await Promise.all(
        names.map((name, index) =>
          run({ cwd: home, env: {}, limitMillis: index === 0 ? 30_000 : 1_000 })(join(home, name)),
        ),
      )
      assert.match(String(ran[0]?.problem), /Error: no/)
      assert.is(ran[1]?.problem, 'still running after 1000 ms')
    },
  ),
)

runs.run()
