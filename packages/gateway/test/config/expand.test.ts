import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as ConfigNode from '../../src/config/ConfigNode.ts'
import * as ConfigProblem from '../../src/config/ConfigProblem.ts'
import * as _ from '../../src/config/expand/expand.ts'
import { parseYaml } from '../../src/config/yaml/parseYaml.ts'
import { capabilities } from './loading.ts'

const ENV: Readonly<Record<string, string>> = {
  NAME: 'shop',
  EMPTY: '',
  NUMBER: '010',
  VERSION: '1.10',
  YES: 'true',
  LIST: '[a, b]',
  MAP: `{key: value, inner: "\${env:NAME}"}`,
  QUOTED: '"shop"',
  NO_YAML: 'a: b: c',
  DOLLARS: 'a$$b',
  INNER: 'NAME',
  REFERS: `\${env:NAME}-1`,
  LOOP: `\${env:LOOP}`,
  TWICE: `\${env:TWICE}\${env:TWICE}`,
}

const FILES: Readonly<Record<string, string>> = {
  'token.txt': 'hush\n',
  'windows.txt': 'hush\r\n',
  'two.txt': 'one\ntwo\n\n',
  'part.yaml': `a: 1\nb: \${env:NAME}\n`,
  'shop.txt': 'of the shop',
}

interface Expanded {
  readonly value: unknown
  /** As a field with a text has it. */
  readonly text: unknown
  readonly problems: ReadonlyArray<string>
}

/** The value of the key `v`. */
const expand = async (value: string): Promise<Expanded> => {
  const parsed = parseYaml('f', `v: ${value}`)
  if (E.isLeft(parsed)) throw new Error(parsed.left.map(ConfigProblem.show).join('\n'))
  const { node, problems } = await _.expand(capabilities({ env: ENV, files: FILES }))(parsed.right)
  const found = ConfigNode.lookup(node, ['v'])
  assert.ok(found)
  return {
    value: ConfigNode.toPlain(found, false),
    text: ConfigNode.toPlain(found, true),
    problems: problems.map(ConfigProblem.show),
  }
}

/** The YAML, its value, and its text if that differs. Sources: `confmap/expand_test.go` lists the same kinds of cases. */
const VALUES: ReadonlyArray<readonly [string, unknown, unknown?]> = [
  // A whole value is parsed as YAML.
  [`\${env:NAME}`, 'shop'],
  [`\${NAME}`, 'shop'],
  [`"\${env:NAME}"`, 'shop'],
  [`\${env:NUMBER}`, 10, '010'],
  [`\${env:VERSION}`, 1.1, '1.10'],
  [`\${env:YES}`, true, 'true'],
  [`\${env:LIST}`, ['a', 'b'], '[a, b]'],
  [`\${env:MAP}`, { key: 'value', inner: 'shop' }, '{key: value, inner: "shop"}'],
  // A text stays as it is, with its quotes, and so does one that is no YAML.
  [`\${env:QUOTED}`, '"shop"'],
  [`\${env:NO_YAML}`, 'a: b: c'],
  [`\${env:EMPTY}`, null, ''],
  // A part of a value is a text.
  [`a-\${env:NAME}-\${env:NUMBER}`, 'a-shop-010'],
  [`\${env:NAME}\${env:EMPTY}`, 'shop'],
  [`\${env:LIST}x`, '[a, b]x'],
  // Defaults.
  [`\${env:UNSET:-fallback}`, 'fallback'],
  [`\${env:NAME:-fallback}`, 'shop'],
  [`\${env:EMPTY:-fallback}`, null, ''],
  [`\${env:UNSET:-}`, null, ''],
  [`\${env:UNSET:-5}`, 5, '5'],
  [`"\${env:UNSET:-a:-b}"`, 'a:-b'],
  [`\${env:UNSET:-\${env:NAME}}`, 'shop'],
  // Nesting, and values that contain references.
  [`\${env:\${env:INNER}}`, 'shop'],
  [`\${env:REFERS}`, 'shop-1'],
  [`\${file:\${env:NAME}.txt}`, 'of the shop'],
  [`"\${yaml:[1, 2]}"`, [1, 2], '[1, 2]'],
  // Files: the last line break does not hurt.
  [`\${file:token.txt}`, 'hush'],
  [`\${file:windows.txt}`, 'hush'],
  [`Bearer \${file:token.txt}!`, 'Bearer hush!'],
  [`\${file:two.txt}`, 'one\ntwo\n'],
  [`\${file:part.yaml}`, { a: 1, b: 'shop' }, 'a: 1\nb: shop'],
  [`["\${env:NAME}", "\${env:NUMBER}"]`, ['shop', 10], ['shop', '010']],
  // Dollar signs.
  ['$NAME', '$NAME'],
  ['$$NAME', '$NAME'],
  [`$\${env:NAME}`, `\${env:NAME}`],
  [`$$\${env:NAME}`, '$shop'],
  [`$$$\${env:NAME}`, `$\${env:NAME}`],
  [`$\${env:A}:\${env:NAME}`, `\${env:A}:shop`],
  [`\${env:DOLLARS}`, 'a$b'],
  ['a$', 'a$'],
  [`"\${"`, `\${`],
  [`"}\${"`, `}\${`],
  [`"\${env:NAME"`, `\${env:NAME`],
]

const values = suite('expand')

values('gives the values and the texts of the Collector', async () => {
  for (const [yaml, value, text = value] of VALUES) {
    assert.equal(await expand(yaml), { value, text, problems: [] }, yaml)
  }
})

const EXPECTED = `\${env:NAME}, \${env:NAME:-default}, \${file:PATH} or \${yaml:TEXT}`

const NAMES =
  'the name of an environment variable has only letters, digits and _, and starts with no digit'

const PROBLEMS: ReadonlyArray<readonly [string, string]> = [
  [
    `\${env:UNSET}`,
    'f:1:4: warning: v: the environment variable UNSET is not set; its value is empty',
  ],
  [
    `a\${UNSET}b`,
    'f:1:4: warning: v: the environment variable UNSET is not set; its value is empty',
  ],
  [
    `\${NAME:-x}`,
    `f:1:4: error: v: \${NAME:-x}: a default needs the prefix env: write \${env:NAME:-...}`,
  ],
  [
    `\${MY_NAME:-x}`,
    `f:1:4: error: v: \${MY_NAME:-x}: a default needs the prefix env: write \${env:MY_NAME:-...}`,
  ],
  [`\${1}`, `f:1:4: error: v: \${1}: ${NAMES}`],
  [`\${}`, `f:1:4: error: v: \${}: ${NAMES}`],
  [`\${env:}`, `f:1:4: error: v: \${env:}: ${NAMES}`],
  [`"\${env: NAME}"`, `f:1:4: error: v: \${env: NAME}: ${NAMES}`],
  [`\${file:}`, `f:1:4: error: v: \${file:}: the path of the file is missing`],
  [`\${file:none.txt}`, 'f:1:4: error: v: cannot read none.txt: there is no such file'],
  [
    `\${https://example.com}`,
    `f:1:4: error: v: \${https://example.com}: the kind of source "https" is not supported; expected ${EXPECTED}`,
  ],
  [`\${:x}`, `f:1:4: error: v: \${:x}: not a reference; expected ${EXPECTED}`],
  [`\${env:a$b}`, `f:1:4: error: v: \${env:a$b}: a reference may not contain another dollar sign`],
  [
    `\${env:LOOP}`,
    `f:1:4: error: v: \${env:LOOP}: more than 100 expansions; does a value refer to itself?`,
  ],
  [
    `\${env:TWICE}`,
    `f:1:4: error: v: \${env:TWICE}: more than 100 expansions; does a value refer to itself?`,
  ],
]

values('names the place of each problem, and the way out', async () => {
  for (const [yaml, problem] of PROBLEMS) assert.equal((await expand(yaml)).problems, [problem])
})

values('leaves keys alone', async () => {
  assert.equal((await expand(`{"\${env:NAME}": 1}`)).value, { [`\${env:NAME}`]: 1 })
})

values('keeps the places of the lines of a file', async () => {
  const parsed = parseYaml('f', `v: \${file:part.yaml}`)
  assert.ok(E.isRight(parsed))
  const { node } = await _.expand(capabilities({ env: ENV, files: FILES }))(parsed.right)
  assert.equal(ConfigNode.lookup(node, ['v', 'b'])?.place, {
    source: 'part.yaml',
    line: 2,
    column: 4,
  })
})

values.run()
