import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { exportsOf } from '../src/lint/exportsOf.ts'
import { inspect, inspectAll } from '../src/lint/inspect.ts'
import { packageCycles } from '../src/lint/packageCycles.ts'
import { sharedTypeNames } from '../src/lint/rules/typeNames.ts'
import * as Violation from '../src/lint/Violation.ts'
import * as Workspace from '../src/lint/Workspace.ts'

const lint = suite('lint')

const workspace = Workspace.read()

lint('is in order', () => {
  assert.equal(inspect(workspace).map(Violation.show), [])
})

const known = new Set(inspectAll(workspace).map(Violation.show))

/** The violations that the workspace has with one more file in a package, and not without. */
const violationsWith = (folder: string, name: string, text: string): ReadonlyArray<string> => {
  const path = `packages/${folder}/${/^(src|test)\//.test(name) ? '' : 'src/'}${name}`
  const packages = workspace.packages.map((one) => {
    if (one.folder !== folder) return one
    const planted = path.startsWith(`packages/${folder}/test/`)
      ? { ...one, tests: [...one.tests, { path, text }] }
      : { ...one, sources: [...one.sources, { path, text }] }
    return { ...planted, manifest: { ...one.manifest, exports: exportsOf(planted) } }
  })
  return inspectAll({ ...workspace, packages })
    .map(Violation.show)
    .filter((violation) => !known.has(violation))
}

// package, file, its text, the violation
const PLANTED: ReadonlyArray<readonly [string, string, string, string]> = [
  [
    'core',
    'model/X.ts',
    "import { nodeHttp } from '@sentry-exporter/transport-node'",
    'packages/core/src/model/X.ts: may not import @sentry-exporter/transport-node',
  ],
  [
    'core',
    'model/X.ts',
    "import * as Dsn from '@sentry-exporter/envelope/Dsn'",
    'packages/core/src/model/X.ts: may not import @sentry-exporter/envelope/Dsn',
  ],
  [
    'envelope',
    'X/X.ts',
    "export * from '@sentry-exporter/core'",
    'packages/envelope/src/X/X.ts: may not import @sentry-exporter/core',
  ],
  [
    'core',
    'model/X.ts',
    "import { platformFetch } from '#fetch'",
    'packages/core/src/model/X.ts: may not import #fetch',
  ],
  [
    'core',
    'model/X.ts',
    "import * as t from 'io-ts'",
    'packages/core/src/model/X.ts: may not import io-ts',
  ],
  [
    'transport',
    'X/X.ts',
    "import { request } from 'undici'",
    'packages/transport/src/X/X.ts: may not import undici',
  ],
  [
    'core',
    'model/X.ts',
    "import { readFileSync } from 'node:fs'",
    'packages/core/src/model/X.ts: may not import node:fs',
  ],
  [
    'exporter',
    'X/X.ts',
    "const fs = await import('fs')",
    'packages/exporter/src/X/X.ts: may not import fs',
  ],
  [
    'otlp',
    'X/X.ts',
    "import * as Span from '../../core/src/model/Span.ts'",
    'packages/otlp/src/X/X.ts: may not import ../../core/src/model/Span.ts',
  ],
  [
    'core',
    'model/X.ts',
    '\n'.repeat(251),
    'packages/core/src/model/X.ts: has 251 lines, more than 250',
  ],
  [
    'core',
    'model/utils.ts',
    'export {}',
    'packages/core/src/model/utils.ts: "utils.ts" is not specific: name it after its content',
  ],
  ['core', 'X.ts', 'export {}', 'packages/core/src/X.ts: only index.ts lies directly in core/src'],
  [
    'core',
    'lib/X.ts',
    'export {}',
    'packages/core/src/lib/X.ts: "lib" is not in the list of lint/rules/layers.ts',
  ],
  [
    'core',
    'model/X.ts',
    "import * as Forest from '../segment/Forest.ts'",
    'packages/core/src/model/X.ts: model may not import segment/Forest.ts',
  ],
  [
    'otlp',
    'X/X.ts',
    'let last = 0\nexport const next = (): number => last++',
    'packages/otlp/src/X/X.ts: 1: last is changed at module level',
  ],
  [
    'envelope',
    'X/X.ts',
    'const cache = new Map<string, string>()\nexport const keep = (): unknown => cache.set("a", "b")',
    'packages/envelope/src/X/X.ts: 1: cache is changed at module level',
  ],
  [
    'stacktrace',
    'X/X.ts',
    'const pool = new Float64Array(1)\nexport const keep = (): void => {\n  pool[0] = 1\n}',
    'packages/stacktrace/src/X/X.ts: 1: pool is changed at module level',
  ],
  [
    'cli',
    'X/X.ts',
    `export const f = (): void => {${'\n'.repeat(60)}}`,
    'packages/cli/src/X/X.ts: 1: f has 61 lines, more than 60',
  ],
  [
    'cli',
    'X/X.ts',
    'export const f = (a: 1, b: 1, c: 1, d: 1, e: 1): void => undefined',
    'packages/cli/src/X/X.ts: 1: f has 5 parameters, more than 4: take a record',
  ],
  [
    'cli',
    'X/X.ts',
    'export interface Mapping {}',
    'packages/cli/src/X/X.ts: type Mapping is exported by packages/core/src/mapping/Mapping.ts too',
  ],
  [
    'cli',
    'X/X.ts',
    'const toldAll = 1',
    'packages/cli/src/X/X.ts: 1: "told" in the identifier toldAll',
  ],
  [
    'cli',
    'X/X.ts',
    'const MOST_BYTES = 1',
    'packages/cli/src/X/X.ts: 1: "most" in the identifier MOST_BYTES',
  ],
  [
    'cli',
    'X/X.ts',
    '/**\n * A comment.\n * It stands here.\n */\nconst a = 1',
    'packages/cli/src/X/X.ts: 3: "stands" in a comment',
  ],
  [
    'cli',
    'test/X.test.ts',
    "cli('tells `told` what is there', () => undefined)",
    'packages/cli/test/X.test.ts: 1: "tells" in a title',
  ],
  [
    'cli',
    'test/X.test.ts',
    '// A first line.\n// What it does.\nconst a = 1',
    'packages/cli/test/X.test.ts: 2: a comment sentence starts with "What"',
  ],
]

for (const [folder, name, text, violation] of PLANTED) {
  lint(`reports: ${violation}`, () => {
    assert.equal(violationsWith(folder, name, text), [violation])
  })
}

lint('does not count nested functions, tables, and names that are terms', () => {
  const nested = `const g = (): void => {${'\n'.repeat(40)}}\n`
  const table = `const table = [${'\n'.repeat(80)}]\n`
  const terms =
    '// HTTP 410 Gone, hung sockets and arrow functions.\nexport const isThrown = table\n'
  const text = `export const f = (): void => {\n${nested}${nested.replace('g', 'h')}}\n${table}${terms}`
  assert.equal(violationsWith('cli', 'X/X.ts', text), [])
})

lint('reports a public module without a test, without an example', () => {
  const text = 'export const f = (): void => undefined'
  assert.equal(violationsWith('otlp', 'X.ts', text), [
    'packages/otlp/src/X.ts: has no test file packages/otlp/test/X.test.ts',
    'packages/otlp/src/X.ts: is public and has no @example',
  ])
  const withExample = `/**\n * F.\n *\n * @example\n */\n${text}`
  assert.equal(violationsWith('otlp', 'X.ts', withExample), [
    'packages/otlp/src/X.ts: has no test file packages/otlp/test/X.test.ts',
  ])
  assert.equal(violationsWith('otlp', 'X.ts', 'export interface Planted {}'), [])
})

lint('reports too many subpaths', () => {
  const many = Array.from({ length: 25 }, (_, n) => ({
    path: `packages/otlp/src/X${n}.ts`,
    text: '',
  }))
  const packages = workspace.packages.map((one) =>
    one.folder === 'otlp' ? { ...one, sources: many } : one,
  )
  const violations = inspectAll({ ...workspace, packages }).filter(
    ({ rule, place }) => rule === 'entry-points' && place.startsWith('packages/otlp/'),
  )
  assert.equal(violations.map(Violation.show), [
    'packages/otlp/package.json: exports 25 subpaths, more than 20',
  ])
})

lint('reports words in documents, but not in their code', () => {
  const text = 'It is `told`.\n\n```sh\ntell\n```\n\nIt is told.\n'
  const documents = [{ path: 'docs/x.md', text }]
  const violations = inspectAll({ ...workspace, documents }).map(Violation.show)
  assert.equal(
    violations.filter((violation) => violation.startsWith('docs/')),
    ['docs/x.md: 7: "told"'],
  )
})

lint('allows at most eight names of types that several modules export', () => {
  assert.ok(sharedTypeNames.size <= 8)
})

lint('reports exports and links that do not match, foreign folders and foreign names', () => {
  const packages = workspace.packages.map((one) =>
    one.folder === 'core'
      ? { ...one, manifest: { ...one.manifest, name: 'core', exports: {}, bugs: '' } }
      : one,
  )
  const violations = inspectAll({ ...workspace, entries: ['lib', '.git'], packages })
  assert.equal(
    violations.map(Violation.show).filter((violation) => !known.has(violation)),
    [
      'lib: does not belong at the top level',
      'packages/core/package.json: should be named @sentry-exporter/core',
      'packages/core/package.json: exports differ from the modules: run `pnpm run lint:workspace --write`',
      'packages/core/package.json: bugs differs from lint/rules/manifests.ts: run `pnpm run lint:workspace --write`',
    ],
  )
})

/** The violations of the workspace with other examples or documents. */
const violationsOf = (changed: Partial<Workspace.Workspace>): ReadonlyArray<string> =>
  inspectAll({ ...workspace, ...changed })
    .map(Violation.show)
    .filter((violation) => !known.has(violation))

const [example, ...otherExamples] = workspace.examples
if (example === undefined) throw new Error('no example')

for (const specifier of [
  '#fp-ts/Either',
  '@sentry-exporter/core/internal/Hash',
  '@sentry-exporter/workspace/Recorded',
]) {
  lint(`reports an example that imports ${specifier}`, () => {
    const path = `examples/${example.folder}/src/x.ts`
    const text = `import * as X from '${specifier}'\nimport 'node:fs'\nimport './y.ts'`
    const planted = { ...example, sources: [...example.sources, { path, text }] }
    assert.equal(violationsOf({ examples: [planted, ...otherExamples] }), [
      `${path}: may not import ${specifier}: the name is not public`,
    ])
  })
}

lint('reports subpath imports in the manifest of an example', () => {
  const manifest = { ...example.manifest, imports: { '#x': './x.js' } }
  assert.equal(violationsOf({ examples: [{ ...example, manifest }, ...otherExamples] }), [
    `examples/${example.folder}/package.json: has subpath imports`,
  ])
})

lint('reports links that are dead on npm', () => {
  const path = 'packages/core/README.md'
  const file = 'https://github.com/sentry-exporter/sentry-exporter/blob/main/'
  const text = `[a](../b.md) [b](#b) [c](${file}README.md#use-it) [d](${file}none.md) [e](https://x.org)`
  const documents = [...workspace.documents.filter((one) => one.path !== path), { path, text }]
  assert.equal(violationsOf({ documents }), [
    `${path}: a link without ${file} is dead on npm: ../b.md`,
    `${path}: no such file: ${file}none.md`,
  ])
})

lint.run()

const cycles = suite('package cycles')

cycles('are found, also of one', () => {
  assert.equal(
    packageCycles(
      new Map([
        ['a', ['b']],
        ['b', ['c']],
        ['c', ['a']],
        ['d', ['d']],
        ['e', ['a']],
      ]),
    ),
    [['a', 'b', 'c'], ['d']],
  )
  assert.equal(
    packageCycles(
      new Map([
        ['a', ['b']],
        ['b', []],
      ]),
    ),
    [],
  )
})

cycles.run()

const purity = suite('purity lint')

const biome = join(
  dirname(
    createRequire(join(Workspace.root, 'package.json')).resolve('@biomejs/biome/package.json'),
  ),
  'bin',
  'biome',
)

/** The output of Biome about a file in the sources of a package; the file is removed afterwards. */
const outputOfBiome = (folder: string, text: string): string => {
  const home = join(Workspace.root, 'packages', folder, 'src')
  mkdirSync(home, { recursive: true })
  const planted = mkdtempSync(join(home, 'planted-'))
  try {
    writeFileSync(join(planted, 'Planted.ts'), text)
    execFileSync(process.execPath, [biome, 'lint', '--colors=off', join(planted, 'Planted.ts')], {
      cwd: Workspace.root,
      stdio: 'pipe',
    })
    return ''
  } catch (error) {
    return String((error as { readonly stderr: Buffer }).stderr)
  } finally {
    rmSync(planted, { recursive: true })
  }
}

const IMPURE: ReadonlyArray<readonly [string, string]> = [
  ['export const now = (): number => Date.now()\n', 'has no clock'],
  ['export const now = (): Date => new Date()\n', 'has no clock'],
  ['export const chance = (): number => Math.random()\n', 'has no randomness'],
  ['export const shout = (): void => console.log(1)\n', 'prints nothing'],
  ["export const fail = (): never => {\n  throw new Error('x')\n}\n", 'does not throw'],
  ['export const env = (): unknown => process.env\n', 'knows no process'],
  ["export const get = (): unknown => fetch('x')\n", 'does no I/O'],
]

for (const [text, message] of IMPURE) {
  purity(`refuses in core: ${text.split('\n')[0]}`, () => {
    assert.match(outputOfBiome('core', text), message)
  })
}

purity('guards the other pure packages too, and only them', () => {
  const [[text, message] = ['', '']] = IMPURE
  assert.match(outputOfBiome('otlp', text), message)
  assert.match(outputOfBiome('envelope', text), message)
  assert.is(outputOfBiome('transport', text), '')
})

purity.run()
