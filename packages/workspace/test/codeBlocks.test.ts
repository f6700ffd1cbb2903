import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Sink } from '@sentry-exporter/cli'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Block from '../src/codeBlocks/Block.ts'
import { compile } from '../src/codeBlocks/compile.ts'
import { type RunResult, run, runTogether } from '../src/codeBlocks/run.ts'
import * as Workspace from '../src/lint/Workspace.ts'
import * as Recorded from '../src/Recorded.ts'
import { PROCESS_LIMIT_MILLIS } from '../src/runner/limit.ts'

const { filesBelow, root } = Workspace

const parse = suite('Block.parse')

const FENCE = '```'

parse('finds fences of TypeScript, with their lines, and whether they run', () => {
  const document = `a\n${FENCE}ts\none()\n${FENCE}\n${FENCE}sh\nls\n${FENCE}\n- b\n  ${FENCE}ts no-run\n  two()\n  ${FENCE}\n${FENCE}tsx\n${FENCE}\n`
  assert.equal(Block.parse('x.md', document), [
    { path: 'x.md', line: 3, code: 'one()\n', runs: true },
    { path: 'x.md', line: 10, code: 'two()\n', runs: false },
  ])
})

parse('finds the fences below an @example of a docstring, with their lines', () => {
  const text = `/**\n * A.\n * ${FENCE}ts\n * zero()\n * ${FENCE}\n *\n * @example\n * ${FENCE}ts\n * one()\n *   // indented\n * ${FENCE}\n */\nexport const a = 1\n\n/** @example\n * ${FENCE}ts\n * two()\n * ${FENCE} */\n`
  assert.equal(Block.parseExamples({ path: 'x.ts', text }), [
    { path: 'x.ts', line: 9, code: 'one()\n  // indented\n', runs: true },
    { path: 'x.ts', line: 17, code: 'two()\n', runs: true },
  ])
})

parse.run()

const expectedOutput = suite('Block.expectedOutput')

const block = (code: string): Block.CodeBlock => ({ path: 'x.md', line: 1, code, runs: true })

expectedOutput('is in the comments after a console.log', () => {
  assert.is(
    Block.expectedOutput(block("console.log(f('a')) // b\nif (c) console.log(1) // 2\n")),
    'b\n2',
  )
  assert.is(Block.expectedOutput(block('  console.log(1)\n  // 1\n')), '1')
  assert.is(Block.expectedOutput(block('console.log(1)\nf() // 2\n')), undefined)
})

expectedOutput.run()

// A folder of this package: its blocks see what this package depends on, and git does not see them.
const folder = join(root, 'packages', 'workspace', 'dist')
mkdirSync(folder, { recursive: true })

const inFolder = async (
  blocks: ReadonlyArray<Block.CodeBlock>,
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

/** The README of the repository, the files of `docs`, and the README of each package. */
const isDocument = (path: string): boolean =>
  /[\\/]docs[\\/].*\.md$|[\\/]packages[\\/][^\\/]+[\\/]README\.md$/.test(path)

const documentBlocks = ['README.md', 'docs', 'packages']
  .flatMap((start) =>
    start.endsWith('.md') ? [join(root, start)] : filesBelow(join(root, start), isDocument),
  )
  .flatMap((path) => Block.parse(relative(root, path), readFileSync(path, 'utf8')))

/** The examples in the modules of the packages that are published. */
const exampleBlocks = Workspace.read()
  .packages.filter(({ manifest }) => manifest.private !== true)
  .flatMap(({ sources }) => sources.flatMap(Block.parseExamples))

const blocks = [...documentBlocks, ...exampleBlocks]

const compiles = suite('code in the documentation compiles')

const planted = block("import { nothing } from '@sentry-exporter/core'\nnothing(x)\n")

/** Once for all: most of the time goes into reading the packages. */
const errors: Array<string> = []

compiles.before(() =>
  inFolder([...blocks, planted], (home, names) => {
    errors.push(...compile(root, home, names))
  }),
)

compiles('with the options of this repository', () => {
  assert.equal(
    errors.filter((error) => !error.startsWith(Block.fileName(planted))),
    [],
  )
  assert.ok(blocks.length > 10)
})

compiles('else the compiler reports the place', () => {
  const [first = '', second = ''] = errors.filter((error) =>
    error.startsWith(Block.fileName(planted)),
  )
  assert.match(first, /^x-md-1\.ts:1: .*nothing/)
  assert.match(second, /^x-md-1\.ts:2: .*'x'/)
})

compiles.run()

const runs = suite('code in the documentation runs')

/** A request with traces of a small shop, for the blocks that read a file. */
const trace = join(root, 'examples', 'demo', 'otlp', '0002-traces.json')

runs('and prints the output that its comments state', async () => {
  const sink = await Sink.open({ port: 0, onEnvelope: () => undefined, page: () => '' })
  const problems: Array<string> = []
  await inFolder(blocks, async (home) => {
    const recent = Recorded.renewed(readFileSync(trace, 'utf8'), Date.now())
    writeFileSync(join(home, 'trace.json'), recent)
    const settings = { cwd: home, env: { SENTRY_DSN: sink.dsn } }
    const check = (one: Block.CodeBlock, { problem, printed }: RunResult): void => {
      const wrong = problem ?? Block.mismatch(one, printed)
      if (wrong !== undefined) problems.push(`${Block.show(one)}: ${wrong}`)
    }
    const waiting = documentBlocks.filter((one) => one.runs)
    const worker = async (): Promise<void> => {
      for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
        check(one, await run(settings)(join(home, Block.fileName(one))))
      }
    }
    const examples = exampleBlocks.filter((one) => one.runs)
    const runExamples = async (): Promise<void> => {
      const files = examples.map((one) => join(home, Block.fileName(one)))
      const results = await runTogether(settings)(files)
      for (const [index, result] of results.entries()) check(examples[index] ?? planted, result)
    }
    await Promise.all([runExamples(), worker()])
  })
  await sink.close()
  assert.is(problems.join('\n\n'), '')
  assert.is(sink.refused(), 0)
})

runs('else the result has the failure, or the time limit', () =>
  inFolder(
    [block("throw new Error('no')\n"), { ...block('setInterval(() => 0, 1e6)\n'), line: 2 }],
    async (home, names) => {
      const ran = await Promise.all(
        names.map((name, index) =>
          run({ cwd: home, env: {}, limitMillis: index === 0 ? PROCESS_LIMIT_MILLIS : 1_000 })(
            join(home, name),
          ),
        ),
      )
      assert.match(String(ran[0]?.problem), /Error: no/)
      assert.is(ran[1]?.problem, 'still running after 1000 ms')
    },
  ),
)

runs('in one process: each has its own result', () =>
  inFolder(
    [
      block("console.log('a')\nconsole.log({ b: 1 })\n"),
      { ...block("throw new Error('no')\n"), line: 2 },
      { ...block('console.log(3)\n'), line: 3 },
      { ...block('await new Promise(() => undefined)\n'), line: 4 },
    ],
    async (home, names) => {
      const files = names.map((name) => join(home, name))
      const [first, second, third, last] = await runTogether({
        cwd: home,
        env: {},
      })(files)
      assert.equal(first, { printed: 'a\n{ b: 1 }' })
      assert.match(String(second?.problem), /Error: no/)
      assert.equal(third, { printed: '3' })
      assert.match(String(last?.problem), /Command failed/)
    },
  ),
)

runs('each example of a docstring states its output', () => {
  assert.equal(
    exampleBlocks
      .filter((one) => one.runs && Block.expectedOutput(one) === undefined)
      .map(Block.show),
    [],
  )
})

runs.run()
