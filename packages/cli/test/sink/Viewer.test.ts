import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/sink/Viewer.ts'

const inFolder = async (run: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'sentry-exporter-'))
  try {
    mkdirSync(join(folder, 'ui/assets'), { recursive: true })
    mkdirSync(join(folder, 'server'))
    writeFileSync(join(folder, 'ui/index.html'), 'page')
    writeFileSync(join(folder, 'ui/assets/main.js'), '')
    writeFileSync(join(folder, 'ui/assets/index.js'), 'export { x as _init }')
    await run(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const find = suite('Viewer.find')

find('finds the installed viewer', () => {
  assert.ok(_.find()?.files.has('/index.html'))
})

find('finds the page next to the module that the package resolves to', () =>
  inFolder(async (folder) => {
    const main = pathToFileURL(join(folder, 'server/main.js')).href
    assert.equal([...(_.find(() => main)?.files.keys() ?? [])].sort(), [
      '/assets/index.js',
      '/assets/main.js',
      '/index.html',
    ])
  }),
)

find('finds none if the package is not installed, or has no page', () => {
  const missing = (): string => {
    throw new Error('ERR_MODULE_NOT_FOUND')
  }
  assert.is(_.find(missing), undefined)
  assert.is(
    _.find(() => 'node:fs'),
    undefined,
  )
  assert.is(
    _.find(() => pathToFileURL(join(tmpdir(), 'no/such/main.js')).href),
    undefined,
  )
})

find.run()

const ofFolder = suite('Viewer.ofFolder')

ofFolder('is undefined if the start file of the page is not the known one', () =>
  inFolder(async (folder) => {
    writeFileSync(join(folder, 'ui/assets/index.js'), 'export { x as start }')
    assert.is(_.ofFolder(join(folder, 'ui')), undefined)
  }),
)

ofFolder('follows no link out of the folder', () =>
  inFolder(async (folder) => {
    writeFileSync(join(folder, 'secret'), '')
    symlinkSync(join(folder, 'secret'), join(folder, 'ui/secret'))
    assert.not(_.ofFolder(join(folder, 'ui'))?.files.has('/secret'))
  }),
)

ofFolder.run()
