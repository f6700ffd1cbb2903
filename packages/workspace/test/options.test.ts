import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as Config from '@sentry-exporter/exporter/Config'
import * as ConfigOption from '@sentry-exporter/transport/ConfigOption'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { root } from '../src/lint/Workspace.ts'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** The rows of all tables whose first column is called so: the text in the first cell, and in the second one. */
const rows = (page: string, heading: string): ReadonlyArray<readonly [string, string]> =>
  page
    .split(/\n\n/)
    .filter((part) => part.startsWith(`| ${heading} |`))
    .flatMap((table) => table.split('\n').slice(2))
    .map((row) => row.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .map(([, first = '', second = '']) => [first, second] as const)

const options = suite('documented options')

/** The options of `open`. */
const documented = [
  ...rows(read('README.md'), 'option'),
  ...rows(read('packages/exporter/README.md'), 'option'),
  ...rows(read('docs/waiting.md'), 'limit'),
]

options('are those that open takes, in both directions', () => {
  assert.equal([...new Set(documented.map(([name]) => name))].sort(), [...Config.KEYS].sort())
})

options('have the spelling of the Collector', () => {
  for (const [name, spelling] of documented) {
    if (!/^[a-z][a-z0-9_]*$/.test(spelling)) continue
    assert.is(spelling, ConfigOption.collectorSpelling(name), name)
  }
})

options.run()
