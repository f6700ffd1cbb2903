import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { exportsOf } from '../src/lint/exportsOf.ts'
import { importCycles } from '../src/lint/importCycles.ts'
import { inspect } from '../src/lint/inspect.ts'
import * as Violation from '../src/lint/Violation.ts'
import * as Workspace from '../src/lint/Workspace.ts'

const house = suite('house')

house('is in order', () => {
  assert.equal(inspect(Workspace.read()).map(Violation.show), [])
})

/** Complaints about the workspace with one more file in a package. */
const complaintsWith = (folder: string, name: string, text: string): ReadonlyArray<string> => {
  const workspace = Workspace.read()
  const packages = workspace.packages.map((one) => {
    if (one.folder !== folder) return one
    const sources = [...one.sources, { path: `packages/${folder}/src/${name}`, text }]
    const planted = { ...one, sources }
    return { ...planted, manifest: { ...one.manifest, exports: exportsOf(planted) } }
  })
  return inspect({ ...workspace, packages }).map(Violation.show)
}

// what is planted where, and what is said of it
const PLANTED: ReadonlyArray<readonly [string, string, string, string]> = [
  [
    'core',
    'X.ts',
    "import { nodeHttp } from '@sentry-exporter/transport-node'",
    'packages/core/src/X.ts: may not import @sentry-exporter/transport-node',
  ],
  [
    'core',
    'X.ts',
    "import * as Dsn from '@sentry-exporter/envelope/Dsn'",
    'packages/core/src/X.ts: may not import @sentry-exporter/envelope/Dsn',
  ],
  [
    'envelope',
    'X.ts',
    "export * from '@sentry-exporter/core'",
    'packages/envelope/src/X.ts: may not import @sentry-exporter/core',
  ],
  [
    'core',
    'X.ts',
    "import { platformFetch } from '#fetch'",
    'packages/core/src/X.ts: may not import #fetch',
  ],
  ['core', 'X.ts', "import * as t from 'io-ts'", 'packages/core/src/X.ts: may not import io-ts'],
  [
    'transport',
    'X.ts',
    "import { request } from 'undici'",
    'packages/transport/src/X.ts: may not import undici',
  ],
  [
    'core',
    'X.ts',
    "import { readFileSync } from 'node:fs'",
    'packages/core/src/X.ts: may not import node:fs',
  ],
  [
    'exporter',
    'X.ts',
    "const fs = await import('fs')",
    'packages/exporter/src/X.ts: may not import fs',
  ],
  [
    'otlp',
    'X.ts',
    "import * as Span from '../../core/src/model/Span.ts'",
    'packages/otlp/src/X.ts: may not import ../../core/src/model/Span.ts',
  ],
  ['core', 'X.ts', '\n'.repeat(251), 'packages/core/src/X.ts: has 251 lines, more than 250'],
  [
    'core',
    'utils.ts',
    'export {}',
    'packages/core/src/utils.ts: "utils.ts" says nothing: name it after what it holds',
  ],
]

for (const [folder, name, text, complaint] of PLANTED) {
  house(`complains: ${complaint}`, () => {
    assert.equal(complaintsWith(folder, name, text), [complaint])
  })
}

house('complains of exports that do not match, foreign folders and foreign names', () => {
  const workspace = Workspace.read()
  const packages = workspace.packages.map((one) =>
    one.folder === 'core'
      ? { ...one, manifest: { ...one.manifest, name: 'core', exports: {} } }
      : one,
  )
  assert.equal(inspect({ ...workspace, entries: ['lib', '.git'], packages }).map(Violation.show), [
    'lib: does not belong at the top level',
    'packages/core/package.json: should be named @sentry-exporter/core',
    'packages/core/package.json: exports differ from the modules: run `pnpm run house --write`',
  ])
})

house.run()

const circle = suite('circles')

circle('are found, also of one', () => {
  assert.equal(
    importCycles(
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
    importCycles(
      new Map([
        ['a', ['b']],
        ['b', []],
      ]),
    ),
    [],
  )
})

circle.run()

const purity = suite('purity lint')

const biome = join(
  dirname(
    createRequire(join(Workspace.root, 'package.json')).resolve('@biomejs/biome/package.json'),
  ),
  'bin',
  'biome',
)

/** What the lint says of a file in the sources of a package; the file is gone afterwards. */
const lint = (folder: string, text: string): string => {
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
  ['export const dice = (): number => Math.random()\n', 'has no randomness'],
  ['export const shout = (): void => console.log(1)\n', 'prints nothing'],
  ["export const fail = (): never => {\n  throw new Error('x')\n}\n", 'does not throw'],
  ['export const env = (): unknown => process.env\n', 'knows no process'],
  ["export const get = (): unknown => fetch('x')\n", 'does no I/O'],
]

for (const [text, complaint] of IMPURE) {
  purity(`refuses in core: ${text.split('\n')[0]}`, () => {
    assert.match(lint('core', text), complaint)
  })
}

purity('guards the other pure packages too, and only them', () => {
  const [[text, complaint] = ['', '']] = IMPURE
  assert.match(lint('otlp', text), complaint)
  assert.match(lint('envelope', text), complaint)
  assert.is(lint('transport', text), '')
})

purity.run()
