import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Configuration from '../../src/codeBlocks/Configuration.ts'
import * as Fence from '../../src/codeBlocks/Fence.ts'
import * as ShellCommand from '../../src/codeBlocks/ShellCommand.ts'
import { filesBelow, root } from '../../src/lint/Workspace.ts'
import { checkCommand } from './checkCommand.ts'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const guides = [
  'packages/cli/README.md',
  'packages/gateway/README.md',
  ...filesBelow(join(root, 'docs'), (path) => path.endsWith('.md'))
    .map((path) => relative(root, path))
    .filter((path) => !path.startsWith('docs/design/')),
]

const shell = suite('ShellCommand.parse')

// a block, and its commands: variables, words
const BLOCKS: ReadonlyArray<readonly [string, ReadonlyArray<readonly [string, string]>]> = [
  [
    'export A=1\nb c',
    [
      ['A=1', ''],
      ['', 'b c'],
    ],
  ],
  ['A=1 b "c d" \'e f\' # no\n', [['A=1', 'b|c d|e f']]],
  [
    'a \\\n  b && c | d; e',
    [
      ['', 'a|b'],
      ['', 'c'],
      ['', 'd'],
      ['', 'e'],
    ],
  ],
  [
    `now=$(date +%s)\ncurl -d '{\n "a": "'$now'0"\n}'`,
    [
      ['now=$(date +%s)', ''],
      ['', 'curl|-d|{\n "a": "$now0"\n}'],
    ],
  ],
  ['export A="x=a b"', [['A=x=a b', '']]],
]

for (const [text, expected] of BLOCKS) {
  shell(JSON.stringify(text), () => {
    const found = ShellCommand.parse(text).map(({ variables, words }) => [
      variables.map((one) => one.join('=')).join('|'),
      words.join(words.includes('c') && words.length === 2 ? ' ' : '|'),
    ])
    assert.equal(found, expected)
  })
}

shell.run()

/** Blocks of text that tests of other packages print: the document, its first line, the test file, and the title of the test. */
const PRINTED: ReadonlyArray<readonly [string, string, string, string]> = [
  [
    'docs/gateway.md',
    'gateway.yaml:12:5: error: exporters::sentry::enviroment',
    'packages/gateway/test/config/documented.test.ts',
    'shows messages as they are',
  ],
  [
    'docs/gateway.md',
    'error the configuration was not reloaded',
    'packages/gateway/test/run/reload.test.ts',
    'prints the messages that docs/gateway.md shows',
  ],
  [
    'docs/guides/gateway.md',
    'sink    http://127.0.0.1:8969/',
    'packages/cli/test/commands/sink.test.ts',
    'prints its addresses, a line for each envelope, and a summary at its end',
  ],
  [
    'docs/guides/gateway.md',
    'GET /cart  http.server  250.0 ms',
    'packages/workspace/test/gateway/guide.test.ts',
    'the request of step 3 through the file of step 2 gives the line that the guide shows',
  ],
  [
    'docs/guides/gateway.md',
    'sentry: 1 span in, 1 transaction, 0 errors, nothing lost',
    'packages/cli/test/commands/serve.test.ts',
    'runs until it is interrupted, stops the gateway and prints its outcome',
  ],
  [
    'packages/cli/README.md',
    'in      2,817 spans',
    'packages/cli/test/send/drawFigures.test.ts',
    'has everything that came in, was sent and was lost, and the time',
  ],
  [
    'packages/cli/README.md',
    'metric                            series',
    'packages/cli/test/commands/MetricTable.test.ts',
    'has the table that the README shows',
  ],
]

/** Who verifies a block, and how: the first row that applies. `undefined` is a problem to report. */
interface Verifier {
  readonly name: string
  readonly applies: (fence: Fence.Fence, before: Fence.Fence | undefined) => boolean
  readonly problem: (fence: Fence.Fence) => string | undefined | Promise<string | undefined>
}

const byTest = (): undefined => undefined

const VERIFIERS: ReadonlyArray<Verifier> = [
  {
    name: 'compiled, and run unless it is marked: conventions of test/codeBlocks.test.ts',
    applies: ({ language }) => language === 'ts',
    problem: byTest,
  },
  {
    name: 'a part of a file that a test decodes',
    applies: ({ language, words }) => language === 'yaml' && words[0] === 'from',
    problem: ({ path, words, text }) => {
      const file = join(dirname(path), words[1] ?? '')
      return existsSync(join(root, file)) && read(file).includes(text)
        ? undefined
        : `is not in ${file}`
    },
  },
  {
    name: 'a configuration, loaded by test/docsConfigurations.test.ts',
    applies: (fence) => Configuration.among([fence]).length === 1,
    problem: byTest,
  },
  {
    name: 'the messages of the configuration above it, by the same test',
    applies: ({ language }, before) =>
      language === 'text' && before?.language === 'yaml' && before.words.includes('error'),
    problem: byTest,
  },
  {
    name: 'output that another test prints',
    applies: ({ path, text }) =>
      PRINTED.some(([document, first]) => document === path && text.startsWith(first)),
    problem: ({ path, text }) => {
      const [, , file = '', title = ''] =
        PRINTED.find(([document, first]) => document === path && text.startsWith(first)) ?? []
      return read(file).includes(title) ? undefined : `${file} has no test "${title}"`
    },
  },
  {
    name: 'JSON',
    applies: ({ language }) => language === 'json',
    problem: ({ text }) => {
      JSON.parse(text)
      return undefined
    },
  },
  {
    name: 'Python, parsed where there is a Python',
    applies: ({ language }) => language === 'python',
    problem: ({ text: input }) => {
      const parse = 'import ast, sys; ast.parse(sys.stdin.read())'
      const { error, status, stderr } = spawnSync('python3', ['-c', parse], {
        input,
        encoding: 'utf8',
      })
      return error !== undefined || status === 0 ? undefined : stderr
    },
  },
  {
    name: 'commands, each of which is checked by its program',
    applies: ({ language }) => language === 'sh',
    problem: async ({ text }) => {
      for (const command of ShellCommand.parse(text)) {
        const found = await checkCommand(command)
        if (found !== undefined) return `command ${command.line}: ${found}`
      }
      return undefined
    },
  },
]

const blocks = suite('blocks of the documentation')

for (const path of guides) {
  blocks(`${path}: each is verified`, async () => {
    const problems: Array<string> = []
    const fences = Fence.parse(path, read(path))
    for (const [index, fence] of fences.entries()) {
      const verifier = VERIFIERS.find(({ applies }) => applies(fence, fences[index - 1]))
      const found = verifier === undefined ? 'nothing verifies it' : await verifier.problem(fence)
      if (found !== undefined) problems.push(`${Fence.show(fence)}: ${found}`)
    }
    assert.is(problems.join('\n'), '')
  })
}

blocks(
  'a block of an unknown kind, and a command of an unknown program, are problems',
  async () => {
    const [fence] = Fence.parse('x.md', '```ruby\nexit\n```\n')
    assert.ok(fence)
    assert.not.ok(VERIFIERS.some(({ applies }) => applies(fence, undefined)))
    const [known, unknown] = ShellCommand.parse('sentry-exporter serv\nrm -r /')
    assert.match(String(known && (await checkCommand(known))), 'unknown command')
    assert.match(String(unknown && (await checkCommand(unknown))), 'nothing checks this program')
  },
)

blocks('a row for printed output is used by one block', () => {
  for (const [document, first] of PRINTED) {
    const found = Fence.parse(document, read(document)).filter(({ text }) => text.startsWith(first))
    assert.is(found.length, 1, first)
  }
})

blocks.run()

const links = suite('docs/README.md')

/** The anchors of headings, as GitHub makes them. */
const anchorsOf = (text: string): ReadonlyArray<string> =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

links('leads to every document, and is reachable from README.md', () => {
  const index = read('docs/README.md')
  const linked = new Set(
    [...index.matchAll(/\]\(([^)#]*)/g)].map(([, target = '']) => join('docs', target)),
  )
  const documents = filesBelow(join(root, 'docs'), (path) => path.endsWith('.md'))
    .map((path) => relative(root, path))
    .filter((path) => !path.startsWith('docs/design/') && path !== 'docs/README.md')
  assert.ok(documents.length > 20)
  assert.equal(
    documents.filter((path) => !linked.has(path)),
    [],
  )
  assert.match(read('README.md'), '](docs/README.md)')
})

links('and all pages name only headings that are there', () => {
  const pages = filesBelow(join(root, 'docs'), (path) => path.endsWith('.md')).map((path) =>
    relative(root, path),
  )
  const broken = ['README.md', ...pages].flatMap((path) =>
    [...read(path).matchAll(/\]\(([^)#\s]*)#([^)\s]+)\)/g)]
      .filter(([, target = '']) => !/^https?:/.test(target))
      .filter(([, target = '', anchor = '']) => {
        const file = target === '' ? path : join(dirname(path), target)
        return file.endsWith('.md') && !anchorsOf(read(file)).includes(anchor)
      })
      .map(([whole]) => `${path}: ${whole}`),
  )
  assert.equal(broken, [])
})

links.run()

const figures = suite('docs/guides/sizing.md')

interface LoadFigures {
  readonly spans: number
  readonly seconds: number
  readonly p50Millis: number
  readonly p99Millis: number
  readonly cpuMicrosPerSpan: number
  readonly spansPerCoreSecond: number
  readonly residentMegabytes: ReadonlyArray<number>
}

const load: { readonly tenMinutes: LoadFigures; readonly asFastAsPossible: LoadFigures } =
  JSON.parse(read('docs/design/campaigns/load.json'))

const count = (value: number): string => Math.round(value).toLocaleString('en-US')

const row = (title: string, one: LoadFigures): string =>
  `| ${title}, ${count(one.spans)} spans | ${count(one.spans / one.seconds)} | ${one.cpuMicrosPerSpan} us | ${count(one.spansPerCoreSecond)} | ${Math.max(...one.residentMegabytes)} MB | ${one.p50Millis} ms, ${one.p99Millis} ms |`

figures('has the figures of the load campaign', () => {
  const page = read('docs/guides/sizing.md')
  assert.match(page, row('ten minutes', load.tenMinutes))
  assert.match(page, row('as fast as possible', load.asFastAsPossible))
})

figures('has the cores that they give', () => {
  const page = read('docs/guides/sizing.md')
  for (const rate of [1_000, 5_000, 10_000, 20_000]) {
    const cores = ((rate * load.tenMinutes.cpuMicrosPerSpan) / 1e6).toFixed(2)
    assert.match(page, `| ${count(rate)} | ${cores} |`)
  }
})

figures.run()
