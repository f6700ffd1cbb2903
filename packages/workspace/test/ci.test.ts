import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { root } from '../src/lint/Workspace.ts'

const BASH = '/bin/bash'

const ci = suite('.ci/run')

/** Runs it where each of these programs writes down how it was called, and does this. */
const run = (programs: Readonly<Record<string, string>>, real: ReadonlyArray<string>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'sentry-exporter-'))
  try {
    for (const [name, script] of Object.entries(programs)) {
      const path = join(folder, name)
      writeFileSync(path, `#!${BASH}\necho "${name} $*" >> "${folder}/calls"\n${script}\n`)
      chmodSync(path, 0o755)
    }
    for (const name of real) symlinkSync(`/usr/bin/${name}`, join(folder, name))
    const { status } = spawnSync(BASH, [join(root, '.ci/run')], { env: { PATH: folder } })
    return `${readFileSync(join(folder, 'calls'), 'utf8')}${status}`
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const TEST = 'npx --yes pnpm@10.34.9 test'

ci('runs the tests, and ends as they do', () => {
  assert.is(run({ chromium: '', npx: 'exit 3' }, ['dirname']), `${TEST}\n3`)
})

ci('runs the tests where no browser is and none can be installed', () => {
  const calls = run({ 'apt-get': 'exit 100', npx: '' }, ['dirname', 'id', 'timeout'])
  assert.match(calls, new RegExp(`(^|\n)${TEST}\n0$`))
})

ci('installs nothing for one who may not', () => {
  assert.is(run({ id: 'echo 1000', 'apt-get': '', npx: '' }, ['dirname']), `id -u\n${TEST}\n0`)
})

ci.run()
