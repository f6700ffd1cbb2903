import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Configuration from '../src/codeBlocks/Configuration.ts'
import * as Fence from '../src/codeBlocks/Fence.ts'
import { filesBelow, root } from '../src/lint/Workspace.ts'

/** The configuration below a part: one of each component. */
const base = readFileSync(join(root, 'packages', 'gateway', 'fixtures', 'base.yaml'), 'utf8')

const among = suite('Configuration.among')

const FENCE = '```'

const amongText = (document: string): ReadonlyArray<Configuration.Configuration> =>
  Configuration.among(Fence.parse('x.md', document))

among('finds blocks of YAML with a key of the Collector at their start', () => {
  const found = amongText(
    `a\n${FENCE}yaml\nexporters:\n  sentry:\n${FENCE}\n${FENCE}yaml\nkind: Service\nspec:\n  exporters: 1\n${FENCE}\n${FENCE}sh\nservice:\n${FENCE}\n`,
  )
  assert.equal(found, [
    {
      path: 'x.md',
      line: 3,
      yaml: 'exporters:\n  sentry:\n',
      isPart: true,
      isForCollector: false,
      messages: undefined,
    },
  ])
})

among('knows those of the Collector, and takes the messages from the block below', () => {
  const whole = 'receivers:\nexporters:\nservice:\n'
  const found = amongText(
    `${FENCE}yaml collector\n${whole}${FENCE}\n${FENCE}yaml error\n${whole}${FENCE}\n\nThis is printed:\n\n${FENCE}\none\ntwo\n${FENCE}\n`,
  )
  assert.equal(
    found.map(({ line, isForCollector, messages }) => ({ line, isForCollector, messages })),
    [
      { line: 2, isForCollector: true, messages: undefined },
      { line: 7, isForCollector: false, messages: 'one\ntwo' },
    ],
  )
})

among.run()

const mismatch = suite('Configuration.mismatch')

const configuration = (yaml: string, messages?: string): Configuration.Configuration => ({
  path: 'x.md',
  line: 1,
  yaml,
  isPart: true,
  isForCollector: false,
  messages,
})

const UNKNOWN =
  'gateway.yaml:3:5: error: exporters::sentry::enviroment: unknown key, did you mean environment?'

mismatch('is undefined for a valid one, and for one with the stated messages', async () => {
  const valid = 'exporters:\n  sentry:\n    environment: production\n'
  assert.is(await Configuration.mismatch(configuration(valid), base), undefined)
  const invalid = 'exporters:\n  sentry:\n    enviroment: a\n'
  assert.is(await Configuration.mismatch(configuration(invalid, UNKNOWN), base), undefined)
})

mismatch('else it has the messages', async () => {
  const invalid = 'exporters:\n  sentry:\n    enviroment: a\n'
  assert.is(await Configuration.mismatch(configuration(invalid), base), `is not valid:\n${UNKNOWN}`)
  assert.is(
    await Configuration.mismatch(configuration(invalid, 'other'), base),
    `gives\n${UNKNOWN}\nbut states\nother`,
  )
  assert.is(
    await Configuration.mismatch(configuration('exporters:\n  sentry:\n', 'other'), base),
    'is valid, and is marked as an error',
  )
})

mismatch('of one for the Collector is only about its YAML', async () => {
  const foreign = {
    ...configuration('exporters:\n  kafka:\n    brokers: []\n'),
    isForCollector: true,
  }
  assert.is(await Configuration.mismatch(foreign, base), undefined)
  const repeated = { ...foreign, yaml: 'exporters:\n  kafka:\n  kafka:\n' }
  assert.match(
    String(await Configuration.mismatch(repeated, base)),
    /^is not valid:\ngateway\.yaml:3:3/,
  )
})

mismatch.run()

const documented = suite('configurations in the documentation')

const isDocument = (path: string): boolean =>
  /[\\/]docs[\\/].*\.md$|[\\/]packages[\\/][^\\/]+[\\/]README\.md$/.test(path)

const configurations = [
  join(root, 'README.md'),
  ...filesBelow(join(root, 'docs'), isDocument),
  ...filesBelow(join(root, 'packages'), isDocument),
].flatMap((path) =>
  Configuration.among(Fence.parse(relative(root, path), readFileSync(path, 'utf8'))),
)

documented('are valid, or have the messages that are stated below them', async () => {
  const problems: Array<string> = []
  for (const one of configurations) {
    const problem = await Configuration.mismatch(one, base)
    if (problem !== undefined) problems.push(`${Fence.show(one)}: ${problem}`)
  }
  assert.is(problems.join('\n\n'), '')
  assert.ok(configurations.length > 5)
  assert.ok(configurations.some(({ messages }) => messages !== undefined))
})

documented.run()
