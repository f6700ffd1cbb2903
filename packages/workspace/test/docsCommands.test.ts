import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as CommandLine from '../src/codeBlocks/CommandLine.ts'
import * as Fence from '../src/codeBlocks/Fence.ts'
import { filesBelow, root } from '../src/lint/Workspace.ts'

const parse = suite('CommandLine.parse')

const FENCE = '```'

const words = (text: string): ReadonlyArray<ReadonlyArray<string>> =>
  CommandLine.parse('x.md', `${FENCE}sh\n${text}\n${FENCE}\n`).map((call) => call.words)

parse('finds calls in blocks of a shell and in indented ones, with their lines', () => {
  const document = `a\n${FENCE}sh\ncd x\nnpx sentry-exporter sink\n${FENCE}\n\n    sentry-exporter explain a.json\n\n${FENCE}yaml\nsentry-exporter no\n${FENCE}\n\nsentry-exporter no\n`
  assert.equal(CommandLine.parse('x.md', document), [
    { path: 'x.md', line: 4, words: ['sink'] },
    { path: 'x.md', line: 7, words: ['explain', 'a.json'] },
  ])
})

const CASES: ReadonlyArray<readonly [string, ReadonlyArray<ReadonlyArray<string>>]> = [
  ['sentry-exporter', [[]]],
  ['SENTRY_DSN=a npx sentry-exporter serve', [['serve']]],
  ['gunzip -c a.gz | sentry-exporter explain - > b', [['explain', '-']]],
  ['sentry-exporter serve --dsn "$SENTRY_DSN" # a comment', [['serve', '--dsn', '$SENTRY_DSN']]],
  [`sentry-exporter serve --config 'yaml:a: "b c"'`, [['serve', '--config', 'yaml:a: "b c"']]],
  ['sentry-exporter serve --set a="b c"', [['serve', '--set', 'a=b c']]],
  [
    'sentry-exporter serve \\\n  --set a=1 \\\n  --set b=2',
    [['serve', '--set', 'a=1', '--set', 'b=2']],
  ],
  ['npm install @sentry-exporter/cli\nnode bin/sentry-exporter.js', []],
  ['systemctl enable sentry-exporter\nA=1 B=2 sentry-exporter sink', [['sink']]],
]

for (const [text, expected] of CASES) {
  parse(`reads the words of ${JSON.stringify(text)}`, () => {
    assert.equal(words(text), expected)
  })
}

parse.run()

const problemOf = suite('CommandLine.problemOf')

const problem = (text: string): Promise<string | undefined> =>
  CommandLine.problemOf({ path: 'x.md', line: 1, words: text.split(' ') })

problemOf('is undefined for arguments that the command accepts', async () => {
  for (const text of ['serve --config a --config b', 'check', 'send a.json', 'sink --port 0']) {
    assert.is(await problem(text), undefined, text)
  }
})

problemOf('is the first line of the message of the command for others', async () => {
  assert.is(await problem('serv'), 'unknown command "serv"')
  assert.match(String(await problem('serve a.yaml')), /^expected --config SOURCE/)
  assert.match(String(await problem('sink --port x')), /^--port: expected a whole number/)
})

problemOf.run()

const documented = suite('commands in the documentation')

const isDocument = (path: string): boolean =>
  /[\\/]docs[\\/].*\.md$|[\\/]packages[\\/][^\\/]+[\\/]README\.md$/.test(path)

const commands = [
  join(root, 'README.md'),
  ...filesBelow(join(root, 'docs'), isDocument),
  ...filesBelow(join(root, 'packages'), isDocument),
].flatMap((path) => CommandLine.parse(relative(root, path), readFileSync(path, 'utf8')))

documented('have arguments that the command accepts', async () => {
  const problems: Array<string> = []
  for (const one of commands) {
    const found = await CommandLine.problemOf(one)
    if (found !== undefined) problems.push(`${Fence.show(one)}: ${found}`)
  }
  assert.is(problems.join('\n'), '')
  assert.ok(commands.length > 10)
})

documented.run()
